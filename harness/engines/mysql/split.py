"""Cutting a dump into its statements (pure)."""

import re
from collections.abc import Iterator
from typing import Final

_PIECE: Final = re.compile(
    r"""
      '[^'\\]*+(?:\\(?:.|\Z)[^'\\]*+)*+(?:'|\Z)       # quoted; what is never closed lasts to the end
    | "[^"\\]*+(?:\\(?:.|\Z)[^"\\]*+)*+(?:"|\Z)
    | `[^`]*+(?:`|\Z)
    | (?P<comment> --(?=[\s\x00-\x1f]|\Z)[^\n]*+ | \#[^\n]*+ | /\*(?![!+]).*?(?:\*/|\Z) )
    | /\*[!+].*?(?:\*/|\Z)                            # a comment that the server carries out
    """,
    re.VERBOSE | re.DOTALL,
)
_DELIMITER: Final = re.compile(r"delimiter[ \t]+(?P<mark>\S+)[^\n]*+", re.IGNORECASE)
_BLANK: Final = re.compile(r"\s++")
_PLAIN: Final = re.compile(r"[^'\"`\-#/;]++")


def split_statements(dump: str) -> Iterator[str]:
    """The statements of a dump in their order, without the marks between them; comments alone are none.

    Quotes, comments and the client's own ``DELIMITER`` lines are read as the ``mysql`` client does it, with the SQL
    mode that servers have by default.
    """
    mark, begin, at, meant = ";", 0, 0, False
    while at < len(dump):
        blank, told = _BLANK.match(dump, at), None if meant else _DELIMITER.match(dump, at)
        if blank is not None:
            at = blank.end()
        elif told is not None:
            mark, at = told["mark"], told.end()
            begin = at
        elif dump.startswith(mark, at):
            if meant:
                yield dump[begin:at].strip()
            at += len(mark)
            begin, meant = at, False
        elif piece := _PIECE.match(dump, at):
            at, meant = piece.end(), meant or piece["comment"] is None
        else:
            at, meant = _plain_end(dump, at, mark), True
    if meant:
        yield dump[begin:].strip()


def _plain_end(dump: str, at: int, mark: str) -> int:
    """Where the plain text that begins here ends: before what may be a mark, a quote or a comment."""
    plain = _PLAIN.match(dump, at)
    end = plain.end() if plain else at + 1
    found = dump.find(mark, at + 1, end + len(mark))
    return found if found >= 0 else end
