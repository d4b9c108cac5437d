"""HTML from data, escaped where it is made: text can never become markup."""

from collections.abc import Iterable
from html import escape


class Markup(str):
    """Text that is markup already."""

    __slots__ = ()


VOID = frozenset({"img", "meta"})


def element(name: str, *content: str, **attributes: str) -> Markup:
    """An element; content and attributes that are not markup are escaped.

    Underscores at an attribute's end are dropped (``class_``), others become hyphens (``http_equiv``).
    """
    told = "".join(f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"' for key, value in attributes.items())
    return Markup(f"<{name}{told}>" if name in VOID else f"<{name}{told}>{joined(content)}</{name}>")


def joined(content: Iterable[str]) -> Markup:
    """One piece after the other; text that is not markup is escaped."""
    return Markup("".join(part if isinstance(part, Markup) else escape(part) for part in content))
