"""Histories of a correct service, generated: whatever it is put through, it keeps every promise."""

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final

import numpy as np
from hypothesis import strategies as st

from hadrill.harness.checks.tests.histories import (
    OWNER,
    READER,
    WITNESS,
    WRITER_2,
    Row,
    fault,
    history,
    operation,
    switch,
)
from hadrill.harness.model.history import History
from hadrill.harness.model.operation import Kind, Outcome

STEADY_MS = 40
"""A writer of the correct service acknowledges a write this often, so that every tenure is seen from both ends."""


@dataclass(frozen=True, slots=True)
class Truth:
    """What really happened; times in milliseconds.

    Attributes:
        events: when windows begin, and whether by a fault.
        tenures: who owned the writes from when on; the first from 0.
        end: of the load.
    """

    events: tuple[tuple[int, bool], ...]
    tenures: tuple[tuple[int, int], ...]
    end: int

    def owner(self, at: float) -> int:
        """Who owned the writes then."""
        return self.tenures[bisect_right([since for since, _ in self.tenures], at) - 1][1]

    def calm(self) -> list[int]:
        """Times between two steady writes of one owner in one window, far from any change."""
        cuts = sorted({0, self.end, *(at for at, _ in self.events), *(since for since, _ in self.tenures)})
        return [
            at + STEADY_MS // 2
            for at in range(0, self.end, STEADY_MS)
            if not any(at - 2 * STEADY_MS < cut < at + 3 * STEADY_MS for cut in cuts)
        ]


@st.composite
def truths(draw: st.DrawFn) -> Truth:
    """A few faults and switches, each with at most one change of owner some time after it."""
    events, tenures, at = [], [(0, draw(st.integers(0, 2)))], 0
    for _ in range(draw(st.integers(0, 3))):
        at += draw(st.sampled_from([1, 50, 400, 1000]))
        events.append((at, draw(st.booleans())))
        length = draw(st.sampled_from([1, 60, 600, 1500]))
        if draw(st.booleans()):
            others = [server for server in range(3) if server != tenures[-1][1]]
            tenures.append((at + draw(st.integers(0, length)), draw(st.sampled_from(others))))
        at += length
    return Truth(tuple(events), tuple(tenures), at + draw(st.integers(0, 1000)) + 1)


@st.composite
def correct_histories(draw: st.DrawFn) -> tuple[Truth, History]:
    """What clients learned of that truth: every answer after its commit, as late as it likes."""
    truth = draw(truths())
    delay = st.sampled_from([0, 1, 5, 300, 2000])
    moments = draw(st.lists(st.tuples(st.integers(0, truth.end), delay, delay, st.sampled_from(ATTEMPTS)), max_size=30))
    rows = [*_steady(truth), *(_tried(truth, number, *moment) for number, moment in enumerate(moments))]
    unseen = draw(st.booleans())
    present = [row[0] for row in rows if row[0] and (row[-1] == Outcome.ACKNOWLEDGED or (unseen and _unknown(row)))]
    return truth, history(
        rows,
        present=np.array(present, dtype=np.uint64),
        faults=tuple(fault(at) for at, is_fault in truth.events if is_fault),
        switches=tuple(switch(at, None) for at, is_fault in truth.events if not is_fault),
    )


def with_operation(judged: History, row: Row) -> History:
    """The same history with one operation more, and its row present where it was acknowledged."""
    operations = np.append(judged.operations, np.array([row], dtype=judged.operations.dtype))
    assert judged.present is not None
    present = np.append(judged.present, np.array([row[0]] if row[0] else [], dtype=np.uint64))
    return replace(judged, operations=operations, present=present)


def _unknown(row: Row) -> bool:
    return row[-1] == Outcome.INDETERMINATE


def _steady(truth: Truth) -> Iterator[Row]:
    for at in range(0, truth.end, STEADY_MS):
        yield operation(truth.owner(at), at - 1, at + 1, key=at + 1)


def _tried(truth: Truth, number: int, at: int, early: int, late: int, what: Callable[..., Row]) -> Row:
    """One more operation, at the moment at which it took effect or would have."""
    return what(truth.owner(at), at - early, at + late, key=1_000_000 + number)


def _elsewhere(owner: int, sent_ms: float, received_ms: float, **fields: Any) -> Row:
    """Refused by a server that is not the owner."""
    return operation((owner + 1) % 3, sent_ms, received_ms, outcome=Outcome.REFUSED, **fields)


ATTEMPTS: Final[tuple[Callable[..., Row], ...]] = (
    partial(operation, client=WRITER_2),
    partial(operation, client=WITNESS),
    partial(operation, client=OWNER),
    partial(operation, client=OWNER, kind=Kind.LOGIN),
    partial(operation, client=READER, kind=Kind.READ),
    partial(operation, client=WRITER_2, kind=Kind.READ),
    partial(_elsewhere, client=OWNER, kind=Kind.LOGIN),
    partial(_elsewhere, client=WITNESS),
    partial(operation, client=WRITER_2, outcome=Outcome.INDETERMINATE),
)
"""What clients of a correct service may see: served by the owner, refused by the others, or never told."""
