"""How names and texts are put into a statement so that they stay names and texts (pure)."""

from typing import Final

NAME_LIMIT: Final = 64
"""Characters that MySQL takes for a schema or a table."""

_ESCAPED: Final = str.maketrans(
    {"\\": r"\\", "'": r"\'", '"': r"\"", "\0": r"\0", "\n": r"\n", "\r": r"\r", "\x1a": r"\Z"}
)


def literal(text: str) -> str:
    """A string literal; as MySQL reads it unless ``NO_BACKSLASH_ESCAPES`` is set, which we never do."""
    return f"'{text.translate(_ESCAPED)}'"


def identifier(name: str) -> str:
    """A quoted name.

    Raises:
        ValueError: MySQL has no such names; the message is a sentence.
    """
    if not 0 < len(name) <= NAME_LIMIT or "\0" in name:
        raise ValueError(f"a name has 1 to {NAME_LIMIT} characters and no NUL")
    return f"`{name.replace('`', '``')}`"


def account(user: str, host: str) -> str:
    """An account as statements name it."""
    return f"{literal(user)}@{literal(host)}"
