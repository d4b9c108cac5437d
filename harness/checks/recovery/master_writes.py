"""What a master acknowledged before and after a cut, and what its disaster-recovery instance held of it later."""

from dataclasses import dataclass

from hadrill.harness.checks.columns import acknowledged_writes, select
from hadrill.harness.model.fault import FaultRecord
from hadrill.harness.model.history import History, Snapshot, SwitchRecord
from hadrill.harness.model.operation import Operations


@dataclass(frozen=True, slots=True)
class MasterWrites:
    """Acknowledged writes of the master, whoever sent them.

    Attributes:
        before: acknowledged until the cut was complete: what is missing of these is lost.
        after: acknowledged later: nobody else can have these, and they are diverged, not lost.
    """

    before: Operations
    after: Operations


def master_writes(history: History, cut: FaultRecord | SwitchRecord) -> MasterWrites:
    """Told apart by the time of their acknowledgement."""
    writes = acknowledged_writes(history)
    before = writes["received_ns"] <= cut_over_ns(cut)
    return MasterWrites(select(writes, before), select(writes, ~before))


def cut_over_ns(cut: FaultRecord | SwitchRecord) -> int:
    """From when on nothing can pass: the fault was complete, or the link was asked to be broken for good and was."""
    if isinstance(cut, FaultRecord):
        return cut.effective_ns
    return cut.asked_ns if cut.finished_ns is None else cut.finished_ns


def last_snapshot(history: History, place: str) -> Snapshot | None:
    """What was read there last; None where nothing was."""
    return next((each for each in reversed(history.snapshots) if each.place == place), None)
