"""The address moves to another port: the old one is closed and its clients cut off, then the new one is opened.

Both are the instance's until that is over, so that nobody else is given either.
"""

from hadrill.harness.model.instance import State
from hadrill.harness.reference.operations.reopen import restore
from hadrill.harness.reference.operations.step import Plan, Step
from hadrill.harness.reference.records import OperationRecord
from hadrill.harness.reference.work import Work


def close(work: Work, operation: OperationRecord) -> None:
    """Nobody is let in at the old port any more."""
    work.store.set_state(operation.instance, State.CHANGING, "its address moves to another port")
    work.addresses.close(int(operation.arguments["from"]))


def move(work: Work, operation: OperationRecord) -> None:
    """The point of no return: on record first, then clients are let in; servers are not touched."""
    record, to = work.store.instance(operation.instance), int(operation.arguments["to"])
    work.store.change(record.id, address=to)
    work.addresses.open(to, record.primary)
    work.store.set_state(record.id, State.RUNNING, operation.arguments["reason"])
    work.store.note(record.id, "port-changed", f"from address {operation.arguments['from']} to {to}")


CHANGE_PORT = Plan((Step("close", close), Step("move", move)), restore, forward_from="move")
