"""A new disaster-recovery instance: its two servers are laid down and wait, closed, for a synchronization.

Its address opens with the first synchronization: before that there is nothing to be read, and no account to read with.
A creation that fails is followed by a release: nothing of it is left.
"""

from threading import Event
from typing import Final

from hadrill.harness.model.instance import State
from hadrill.harness.reference.operations.create import start_servers
from hadrill.harness.reference.operations.step import Plan, Step, leave
from hadrill.harness.reference.records import OperationRecord
from hadrill.harness.reference.work import Work

LATE_S: Final = 65.0
"""Where it is not delivered promptly."""


def deliver(work: Work, operation: OperationRecord) -> None:
    """It is there, and unsynchronized."""
    record = work.store.instance(operation.instance)
    if not work.settings.decisions.delivers_promptly:
        Event().wait(LATE_S)
    work.store.set_state(record.id, State.RUNNING)
    work.store.note(record.id, "delivered", f"for {record.master}, unsynchronized")


CREATE_DISASTER_RECOVERY = Plan((Step("start-servers", start_servers), Step("deliver", deliver)), leave)
