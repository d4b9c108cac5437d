"""Reads a scenario's history back from a run's folder: the journal's lines and the sealed segments they name."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from hadrill.harness.errors import HarnessTrouble
from hadrill.harness.evidence.carried import carried
from hadrill.harness.evidence.events import EventKind
from hadrill.harness.evidence.journal import Event, read_journal
from hadrill.harness.evidence.segments import Segment, unseal
from hadrill.harness.evidence.snapshots import SealedSnapshot
from hadrill.harness.model.fault import FaultRecord
from hadrill.harness.model.history import (
    Comparison,
    History,
    ServerState,
    ShownLag,
    Sighting,
    Snapshot,
    Stall,
    SwitchRecord,
)
from hadrill.harness.model.operation import OPERATION, Operations, Roster, no_operations

T = TypeVar("T")

SHARED = frozenset({EventKind.FAULT, EventKind.HEAL, EventKind.STALL})
"""What befalls every instance of a scenario; all else belongs to the one that its line names."""


def read_scenarios(folder: Path) -> tuple[str, ...]:
    """Ids of the scenarios that a run began, in that order."""
    return tuple(event.scenario for event in read_journal(folder) if event.kind is EventKind.SCENARIO)


def read_history(folder: Path, scenario: str, instance: str = "", before: int | None = None) -> History:
    """What the checks may know of one scenario, from the run's folder alone.

    Args:
        folder: the run's.
        scenario: its id.
        instance: the label of one instance, in a scenario that has several side by side.
        before: the number of an event; what is known is what was recorded before it. None for all of it.

    A fault's heal takes the place of its injection, and a switch's later line that of its earlier one. A scenario
    without load has an empty roster and no operations.

    Raises:
        HarnessTrouble: a segment is missing or was changed, or a line does not carry what its kind says.
    """
    events = [
        event
        for event in read_journal(folder, scenario)
        if (before is None or event.seq < before)
        and (event.kind in SHARED or event.data.get("instance", "") == instance)
    ]
    faults = _records(events, FaultRecord, EventKind.FAULT, EventKind.HEAL)
    switches = _records(events, SwitchRecord, EventKind.SWITCH)
    rosters = tuple(_records(events, Roster, EventKind.ROSTER))
    return History(
        roster=rosters[-1] if rosters else Roster((), ()),
        operations=_operations(folder, tuple(_records(events, Segment, EventKind.SEGMENT)), rosters),
        present=_present(folder, tuple(_records(events, Segment, EventKind.PRESENT))),
        faults=_latest(faults, identity=lambda fault: (fault.injected_ns, fault.name, fault.target)),
        switches=_latest(switches, identity=lambda switch: switch.asked_ns),
        stalls=tuple(_records(events, Stall, EventKind.STALL)),
        comparisons=tuple(_records(events, Comparison, EventKind.COMPARISON)),
        sightings=tuple(_records(events, Sighting, EventKind.SIGHTING)),
        snapshots=tuple(_snapshot(folder, each) for each in _records(events, SealedSnapshot, EventKind.SNAPSHOT)),
        servers=tuple(_records(events, ServerState, EventKind.SERVER)),
        shown_lag=tuple(_records(events, ShownLag, EventKind.SHOWN_LAG)),
    )


def sealed_parts(folder: Path) -> Iterator[Segment]:
    """Every file that the journal has the hash of, whichever scenario's, and whether anything is read from it or not.

    Raises:
        HarnessTrouble: a line does not carry what its kind says.
    """
    events = tuple(read_journal(folder))
    yield from _records(events, Segment, EventKind.SEGMENT)
    yield from _records(events, Segment, EventKind.PRESENT)
    yield from (each.keys for each in _records(events, SealedSnapshot, EventKind.SNAPSHOT))


def _records(events: Iterable[Event], record: type[T], *kinds: EventKind) -> Iterator[T]:
    """What the lines of those kinds carry, each under the name of its kind."""
    for event in events:
        if event.kind in kinds:
            yield carried(event, record, event.kind.value)


def _latest(records: Iterable[T], identity: Callable[[T], Any]) -> tuple[T, ...]:
    """Of several records of one thing the last, in order of what identifies them."""
    latest = {identity(record): record for record in records}
    return tuple(latest[key] for key in sorted(latest))


def _operations(folder: Path, segments: tuple[Segment, ...], rosters: tuple[Roster, ...]) -> Operations:
    """All segments as one array; the rosters of one scenario must agree, since one set of numbers stands for them."""
    if segments and len(set(rosters)) != 1:
        raise HarnessTrouble(
            f"{folder} has {len(segments)} segments of operations and {len(set(rosters))} different rosters for them; "
            "expected exactly one"
        )
    parts = [_rows(folder, segment, OPERATION) for segment in segments]
    return np.concatenate(parts) if parts else no_operations()


def _present(folder: Path, segments: tuple[Segment, ...]) -> NDArray[np.uint64] | None:
    """The keys as they were read last; None if they never were."""
    return _rows(folder, segments[-1], np.dtype(np.uint64)) if segments else None


def _snapshot(folder: Path, sealed: SealedSnapshot) -> Snapshot:
    return Snapshot(sealed.place, sealed.at_ns, _rows(folder, sealed.keys, np.dtype(np.uint64)))


def _rows(folder: Path, segment: Segment, dtype: np.dtype[Any]) -> NDArray[Any]:
    rows = unseal(folder, segment)
    if rows.dtype != dtype or rows.ndim != 1:
        raise HarnessTrouble(f"the segment {folder / segment.file} holds {rows.dtype}, expected one column of {dtype}")
    return rows
