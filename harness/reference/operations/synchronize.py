"""The first copy of a disaster-recovery instance, and its link; its second server joins when this is over.

One that fails changes nothing for anybody, and is begun anew, which the task says as another attempt: the address opens
at the end.
"""

from typing import Final

from hadrill.harness.model.disaster_recovery import Synchronization
from hadrill.harness.model.instance import Role, State
from hadrill.harness.reference.operations import linking
from hadrill.harness.reference.operations.step import Plan, Step
from hadrill.harness.reference.records import OperationRecord
from hadrill.harness.reference.work import Work

CATCH_UP_LIMIT_S: Final = 600


def copy(work: Work, operation: OperationRecord) -> None:
    """All that the link brings, as it is at one moment, while the master takes writes."""
    record = work.store.instance(operation.instance)
    linking.begin_attempt(work, record)
    others = {m.node: Role.OUT for m in record.members if m.node != record.front}
    work.store.set_roles(record.id, others, protected=False)  # a copy of this copy, later
    linking.fill(work, record, record.front)
    linking.progress(work, record.id, 1.0)
    work.store.note(record.id, "copied", f"{record.front} holds what {record.master} held")


def attach(work: Work, operation: OperationRecord) -> None:
    """It follows, and has caught up with what was written meanwhile."""
    record = work.store.instance(operation.instance)
    linking.follow_master(work, record)
    executed = work.executed(linking.source_of(work, record))
    work.await_caught_up(record.front, executed, CATCH_UP_LIMIT_S)


def admit(work: Work, operation: OperationRecord) -> None:
    """Readers are let in."""
    linking.admit(work, operation)
    linking.show_progress(work, operation.instance, 1.0)
    work.store.change(operation.instance, synchronization=Synchronization.SYNCHRONIZING, reason="")


def undo(work: Work, operation: OperationRecord) -> None:
    """It is tried again, from the beginning."""
    work.store.set_state(operation.instance, State.RUNNING, linking.BEGUN_ANEW)


SYNCHRONIZE = Plan((Step("copy", copy), Step("attach", attach), Step("admit", admit)), undo)
