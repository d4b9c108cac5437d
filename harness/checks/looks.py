"""What readers were shown: at each look the newest row of every writer that they watch.

A look is recorded as one acknowledged operation of kind SEEN for each watched writer, all with the same times. A key of
0 tells only that there was no row of some watched writer; whose it was follows from the others of the same look.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hadrill.harness.checks.authors import Authors
from hadrill.harness.checks.columns import WRITES, are, numbers_in, select
from hadrill.harness.checks.groups import Groups
from hadrill.harness.model.history import History
from hadrill.harness.model.operation import Kind, Operations, Outcome, Way


@dataclass(frozen=True, slots=True)
class Looks:
    """All looks of one reader, in order of time; one row each.

    Attributes:
        reader: index into the roster's clients.
        way: over which it looks.
        writers: numbers of the clients that it watches, one for each column of ``shown``.
        at_ns: when the question was sent; what it was shown is at least as new.
        server: who answered.
        shown: the newest key of each writer; 0 where there was none.
        doubt: why writers may be missing from ``writers``; empty where none is.
    """

    reader: int
    way: Way
    writers: tuple[int, ...]
    at_ns: NDArray[np.int64]
    server: NDArray[np.uint16]
    shown: NDArray[np.uint64]
    doubt: str = ""


def looks_of(history: History) -> tuple[Looks, ...]:
    """The looks of every reader; none where nobody tried to write anything."""
    seen = select(history.operations, are(history.operations, Kind.SEEN, Outcome.ACKNOWLEDGED))
    authors = Authors.of(history)
    if not len(seen) or not len(authors.clients):
        return ()
    by_reader = Groups.of(seen["client"]).parts(seen)
    known = {reader: _shown_authors(authors, rows) for reader, rows in by_reader.items()}
    everybody = frozenset[int]().union(*known.values())
    return tuple(_looks(history, authors, rows, known[reader], everybody) for reader, rows in by_reader.items())


def _shown_authors(authors: Authors, seen: Operations) -> frozenset[int]:
    """The writers of whom a reader was shown a row."""
    return frozenset(numbers_in(authors.who(seen["key"][seen["key"] != 0])))


def _looks(
    history: History, authors: Authors, rows: Operations, known: frozenset[int], everybody: frozenset[int]
) -> Looks:
    """One reader's; looks that are incomplete are left out.

    Args:
        known: the writers of whom it was shown a row.
        everybody: those of whom any reader was.
    """
    rows = rows.take(np.argsort(rows["sent_ns"], kind="stable"))
    first = np.flatnonzero(np.diff(rows["sent_ns"], prepend=rows["sent_ns"][0] - 1))
    sizes = np.diff(np.append(first, len(rows)))
    width = int(sizes.max())
    rows = select(rows, np.repeat(sizes == width, sizes))
    writers = tuple(sorted(everybody if len(known) < width and len(everybody) <= width else known))
    told = rows["key"] != 0
    shown = np.zeros((len(rows) // width, len(writers)), dtype=np.uint64)
    look = np.arange(len(rows)) // width
    shown[look[told], np.searchsorted(np.array(writers), authors.who(rows["key"][told]))] = rows["key"][told]
    heads, reader = rows[::width], int(rows["client"][0])
    doubt = _doubt(history, reader, width, writers)
    return Looks(reader, Way(int(heads["way"][0])), writers, heads["sent_ns"], heads["server"], shown, doubt)


def _doubt(history: History, reader: int, width: int, writers: tuple[int, ...]) -> str:
    """Why it is not known whom a reader watched; empty where it is, or where the others were acknowledged nothing."""
    if width <= len(writers):
        return ""
    served = are(history.operations, WRITES, Outcome.ACKNOWLEDGED, Way.ADDRESS)
    others = frozenset(numbers_in(history.operations["client"][served])) - frozenset(writers)
    if not others:
        return ""
    names = " or ".join(history.roster.clients[client].name for client in sorted(others))
    return f"{history.roster.clients[reader].name} watched a writer of whom no row was ever shown: {names}"
