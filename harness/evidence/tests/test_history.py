"""A history written to a run's folder is read back as it was, and nothing else is."""

from pathlib import Path

import numpy as np
import pytest

from hadrill.harness.errors import HarnessTrouble
from hadrill.harness.evidence.events import EventKind
from hadrill.harness.evidence.history import read_history, read_scenarios
from hadrill.harness.evidence.journal import Journal
from hadrill.harness.evidence.segments import seal
from hadrill.harness.model.difference import Difference
from hadrill.harness.model.fault import FaultRecord, Proof
from hadrill.harness.model.history import Comparison, History, ShownLag, Sighting, Stall, SwitchRecord
from hadrill.harness.model.operation import OPERATION, Client, Operations, Roster, Way

ROSTER = Roster(
    (Client("writer-1", Way.ADDRESS, "owner"), Client("stubborn", Way.ADDRESS, "owner", False)), ("a1", "b1")
)
INJECTED = FaultRecord("process-killed", "a1", 100, 110, Proof(True, "ended by signal 9", 120), disrupts=True)
HEALED = FaultRecord("process-killed", "a1", 100, 110, INJECTED.proof, True, 900, 950, Proof(True, "greets again", 960))


def some_operations(first: int) -> Operations:
    """Three rows that differ in every column."""
    rows = [(first + n, 10 + n, 20 + n, n % 2, n % 2, n, 1 + n, 1 + n, 1 + n) for n in range(3)]
    return np.array(rows, dtype=OPERATION)


def test_a_history_is_read_back_as_it_was_recorded(tmp_path: Path) -> None:
    """Every kind of line and both kinds of segment come back in the shape that the checks read."""
    present = np.array([1, 2, 3], dtype=np.uint64)
    expected = History(
        roster=ROSTER,
        operations=np.concatenate([some_operations(1), some_operations(7)]),
        present=present,
        faults=(HEALED,),
        switches=(SwitchRecord(300, 400),),
        stalls=(Stall("load", 40, 50),),
        comparisons=(Comparison("a1", "b1", 1, 3, (Difference("app.rows", "id=2", "missing", "9f"),)),),
        sightings=(Sighting("a1", 70, True),),
        shown_lag=(ShownLag(80, 90, 0.5), ShownLag(180, 190, None)),
    )
    with Journal(tmp_path) as journal:
        journal.append(EventKind.SCENARIO, "one", title="a scenario")
        journal.append(EventKind.ROSTER, "one", roster=ROSTER)
        journal.append(EventKind.SEGMENT, "one", segment=seal(tmp_path, "operations/one-0.npy", some_operations(1)))
        journal.append(EventKind.SEGMENT, "one", segment=seal(tmp_path, "operations/one-1.npy", some_operations(7)))
        journal.append(EventKind.FAULT, "one", fault=INJECTED)
        journal.append(EventKind.SWITCH, "one", switch=SwitchRecord(300, None))
        journal.append(EventKind.SWITCH, "one", switch=SwitchRecord(300, 400))
        journal.append(EventKind.HEAL, "one", heal=HEALED)
        journal.append(EventKind.STALL, "one", stall=expected.stalls[0])
        journal.append(EventKind.SIGHTING, "one", sighting=expected.sightings[0])
        for shown in expected.shown_lag:
            journal.append(EventKind.SHOWN_LAG, "one", shown_lag=shown)
        journal.append(EventKind.COMPARISON, "one", comparison=expected.comparisons[0])
        journal.append(EventKind.PRESENT, "one", present=seal(tmp_path, "operations/one-present.npy", present))

    found = read_history(tmp_path, "one")

    assert expected.operations.tolist() == found.operations.tolist()
    assert found.present is not None
    assert present.tolist() == found.present.tolist()
    for name in ("roster", "faults", "switches", "stalls", "comparisons", "sightings", "shown_lag"):
        assert getattr(expected, name) == getattr(found, name)


def test_scenarios_of_one_run_are_kept_apart(tmp_path: Path) -> None:
    """A line belongs to the scenario that it names; one without load has no operations and was never read back."""
    with Journal(tmp_path) as journal:
        journal.append(EventKind.SCENARIO, "one")
        journal.append(EventKind.FAULT, "one", fault=INJECTED)
        journal.append(EventKind.SCENARIO, "two")
        journal.append(EventKind.FAULT, "two", fault=INJECTED)
        journal.append(EventKind.HEAL, "two", heal=HEALED)

    assert ("one", "two") == read_scenarios(tmp_path)
    assert (INJECTED,) == read_history(tmp_path, "one").faults
    found = read_history(tmp_path, "two")
    assert ((HEALED,), None, 0) == (found.faults, found.present, len(found.operations))


def test_a_changed_segment_is_not_judged(tmp_path: Path) -> None:
    """A segment whose hash is not the journal's is trouble, not evidence."""
    segment = seal(tmp_path, "operations/one-0.npy", some_operations(1))
    with Journal(tmp_path) as journal:
        journal.append(EventKind.ROSTER, "one", roster=ROSTER)
        journal.append(EventKind.SEGMENT, "one", segment=segment)
    with (tmp_path / segment.file).open("r+b") as file:
        file.seek(-1, 2)
        file.write(b"\x02")

    with pytest.raises(HarnessTrouble, match="was changed"):
        read_history(tmp_path, "one")


def test_segments_without_a_roster_are_trouble(tmp_path: Path) -> None:
    """Columns of numbers mean nothing without the names behind them."""
    with Journal(tmp_path) as journal:
        journal.append(EventKind.SEGMENT, "one", segment=seal(tmp_path, "one-0.npy", some_operations(1)))

    with pytest.raises(HarnessTrouble, match="0 different rosters"):
        read_history(tmp_path, "one")


def test_a_line_that_does_not_carry_its_record_is_named(tmp_path: Path) -> None:
    """The message says which event it was and what it should have carried."""
    with Journal(tmp_path) as journal:
        journal.append(EventKind.SCENARIO, "one")
        journal.append(EventKind.STALL, "one", length_ns=5)

    with pytest.raises(HarnessTrouble, match="event 1 of the journal does not carry its record under 'stall'"):
        read_history(tmp_path, "one")


def test_a_segment_of_another_shape_is_trouble(tmp_path: Path) -> None:
    """Operations are columns of one type; another array under that name is refused."""
    with Journal(tmp_path) as journal:
        journal.append(EventKind.ROSTER, "one", roster=ROSTER)
        journal.append(EventKind.SEGMENT, "one", segment=seal(tmp_path, "one-0.npy", np.zeros(3)))

    with pytest.raises(HarnessTrouble, match="holds float64"):
        read_history(tmp_path, "one")
