"""What others say, made harmless for a terminal: what it would obey is shown by its number."""

from typing import Any, Final

_OBEYED: Final = {code: f"\\x{code:02x}" for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\t\n"}
_SURROGATES: Final = {code: f"\\u{code:04x}" for code in range(0xD800, 0xE000)}
"""Surrogates: a stream refuses one, or writes the byte of a file's name that it stands for."""

_SHOWN: Final = _OBEYED | _SURROGATES


def visible(text: str) -> str:
    """The same text, with every control character but tab and line feed, and every lone surrogate, as its number."""
    return text.translate(_SHOWN)


def all_visible(value: Any) -> Any:  # noqa: ANN401 - whatever JSON has
    """A value of JSON's kinds, with all of its texts so."""
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, list):
        return [all_visible(inner) for inner in value]
    if isinstance(value, dict):
        return {visible(name): all_visible(inner) for name, inner in value.items()}
    return value
