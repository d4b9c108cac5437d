"""The secondary is lost: writes go on without it, and everyone is told that nobody else holds them."""

from hadrill.harness.model.instance import Role, State
from hadrill.harness.reference.operations.step import Plan, Step, leave
from hadrill.harness.reference.records import OperationRecord
from hadrill.harness.reference.work import Work


def record_window(work: Work, operation: OperationRecord) -> None:
    """On record before it is true: from here on the secondary may not be promoted."""
    lost = operation.arguments["node"]
    why = f"unprotected: the secondary on {lost} is lost"
    work.store.set_roles(operation.instance, {lost: Role.OUT}, protected=False, reason=why)
    work.store.set_state(operation.instance, State.RUNNING, why)
    work.store.note(operation.instance, "unprotected", f"the secondary on {lost} is lost")


def stop_waiting(work: Work, operation: OperationRecord) -> None:
    """Commits that wait are answered; a primary that cannot be told is told when it is next seen waiting in vain."""
    if work.settings.decisions.stops_waiting:
        work.stop_waiting(work.store.instance(operation.instance).primary)


UNPROTECT = Plan((Step("record-window", record_window), Step("stop-waiting", stop_waiting)), leave)
