"""Where two servers' tables differ: pure, from what was read of both.

Rows are compared as digests of all their columns, so order, collation and storage do not matter. A table without a
primary key is a multiset: its rows are counted, and a difference names the row by its digest.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

import numpy as np
from numpy.typing import NDArray

from hadrill.harness.model.difference import Difference
from hadrill.harness.model.history import Comparison

Row = tuple[bytes | None, ...]

MISSING: Final = "missing"
MOST_DIFFERENCES: Final = 100


@dataclass(frozen=True, slots=True)
class TableRows:
    """One server's rows of one table.

    Attributes:
        columns: names, in order.
        key_columns: names of the primary key's columns; empty where there is none.
        keys: each row's primary key, in the order of the digests; empty where there is none.
        digests: of each whole row.
    """

    columns: tuple[str, ...]
    key_columns: tuple[str, ...]
    keys: Sequence[Row]
    digests: NDArray[np.uint64]


Tables = Mapping[str, TableRows]
"""All customer tables of a server, by ``schema.table``."""


def digest(row: Row) -> int:
    """64 bits of BLAKE2b over the row as the server sent it.

    What is hashed is the row as a Python literal, which no two rows share: NULL is not the empty string, and a value's
    end is not the next one's beginning.
    """
    return int.from_bytes(hashlib.blake2b(repr(row).encode("ascii"), digest_size=8).digest())


def compare(left_name: str, left: Tables, right_name: str, right: Tables) -> Comparison:
    """What two servers agree on, and the first hundred rows that they do not."""
    names = sorted(left.keys() | right.keys())
    found = (difference for name in names for difference in _in_table(name, left.get(name), right.get(name)))
    return Comparison(
        left=left_name,
        right=right_name,
        tables=len(names),
        rows=max(sum(len(table.digests) for table in side.values()) for side in (left, right)),
        differences=tuple(islice(found, MOST_DIFFERENCES)),
    )


def _in_table(name: str, left: TableRows | None, right: TableRows | None) -> Iterator[Difference]:
    if left is None or right is None:
        yield Difference(name, "the whole table", _extent(left), _extent(right))
    elif (left.columns, left.key_columns) != (right.columns, right.key_columns):
        yield Difference(name, "its definition", _definition(left), _definition(right))
    elif not np.array_equal(left.digests, right.digests):
        yield from (_keyed if left.key_columns else _counted)(name, left, right)


def _keyed(name: str, left: TableRows, right: TableRows) -> Iterator[Difference]:
    """Rows matched by their primary key, those of the left side first."""
    lefts, rights = (dict(zip(side.keys, side.digests.tolist(), strict=True)) for side in (left, right))
    for key in [*lefts, *(key for key in rights if key not in lefts)]:
        if lefts.get(key) != rights.get(key):
            words = ", ".join(f"{column} {_shown(value)}" for column, value in zip(left.key_columns, key, strict=True))
            yield Difference(name, words, _seen(lefts.get(key)), _seen(rights.get(key)))


def _counted(name: str, left: TableRows, right: TableRows) -> Iterator[Difference]:
    """Rows matched by their digest; each is to be there as many times on one side as on the other."""
    lefts, rights = (dict(zip(*_counts(side.digests), strict=True)) for side in (left, right))
    for row in sorted(lefts.keys() | rights.keys()):
        if lefts.get(row, 0) != rights.get(row, 0):
            yield Difference(name, f"a row {_seen(row)}", _times(lefts.get(row, 0)), _times(rights.get(row, 0)))


def _counts(digests: NDArray[np.uint64]) -> tuple[list[int], list[int]]:
    values, counts = np.unique(digests, return_counts=True)
    return values.tolist(), counts.tolist()


def _extent(table: TableRows | None) -> str:
    return MISSING if table is None else f"{len(table.digests)} rows"


def _definition(table: TableRows) -> str:
    return f"columns {', '.join(table.columns)}; primary key {', '.join(table.key_columns) or 'none'}"


def _times(count: int) -> str:
    return f"{count} times" if count else MISSING


def _shown(value: bytes | None) -> str:
    return "NULL" if value is None else value.decode(errors="backslashreplace")


def _seen(row: int | None) -> str:
    return MISSING if row is None else f"{row:016x}"
