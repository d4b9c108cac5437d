"""A made-up history as a run leaves it: a journal, and sealed segments."""

from pathlib import Path
from typing import Final

from hadrill.harness.evidence.events import EventKind
from hadrill.harness.evidence.journal import Journal
from hadrill.harness.evidence.segments import seal
from hadrill.harness.model.history import History

SCENARIO: Final = "made-up"
_ROWS_A_SEGMENT: Final = 100_000  # as the load seals them


def write_run(folder: Path, history: History) -> None:
    """Write what the checks may know of a history to a run's folder that is empty.

    Raises:
        HarnessTrouble: the journal could not be written.
        OSError: a segment could not be.
    """
    with Journal(folder) as journal:
        journal.append(EventKind.SCENARIO, SCENARIO, title="made up")
        journal.append(EventKind.ROSTER, SCENARIO, roster=history.roster)
        for number, start in enumerate(range(0, len(history.operations), _ROWS_A_SEGMENT), 1):
            rows = history.operations[start : start + _ROWS_A_SEGMENT]
            segment = seal(folder, f"operations/{SCENARIO}-{number:04d}.npy", rows)
            journal.append(EventKind.SEGMENT, SCENARIO, segment=segment)
        for fault in history.faults:
            journal.append(EventKind.HEAL, SCENARIO, heal=fault)
        for switch in history.switches:
            journal.append(EventKind.SWITCH, SCENARIO, switch=switch)
        for comparison in history.comparisons:
            journal.append(EventKind.COMPARISON, SCENARIO, comparison=comparison)
        if history.present is not None:
            present = seal(folder, f"operations/{SCENARIO}-present.npy", history.present)
            journal.append(EventKind.PRESENT, SCENARIO, present=present)
