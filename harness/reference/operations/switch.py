"""A switchover: asked for; both servers are there, and the pair stays protected throughout."""

from hadrill.harness.engines.mysql import statements as sql
from hadrill.harness.model.instance import Role, State
from hadrill.harness.reference.operations.protect import protect, wait_in_force
from hadrill.harness.reference.operations.reopen import restore
from hadrill.harness.reference.operations.step import Plan, Step
from hadrill.harness.reference.records import OperationRecord
from hadrill.harness.reference.work import Work

CATCH_UP_LIMIT_S = 3


def announce(work: Work, operation: OperationRecord) -> None:
    """While clients still write: the secondary is close behind, and the old primary is told whom it will follow."""
    work.store.set_state(operation.instance, State.SWITCHING, "a switch was asked for")
    old, new = operation.arguments["from"], operation.arguments["to"]
    work.await_executed(new, work.executed(old), CATCH_UP_LIMIT_S)
    work.point(old, new)


def close(work: Work, operation: OperationRecord) -> None:
    """Clients are cut off, then the old primary takes no more writes; commits in flight end as they should."""
    work.addresses.close(work.store.instance(operation.instance).address)
    with work.server(operation.arguments["from"]) as server:
        server.run(*sql.CLOSE_TO_CUSTOMERS, *sql.READ_ONLY)


def drain(work: Work, operation: OperationRecord) -> None:
    """The new primary has executed all that the old one has."""
    old, new = operation.arguments["from"], operation.arguments["to"]
    work.await_executed(new, work.executed(old), CATCH_UP_LIMIT_S)


def turn(work: Work, operation: OperationRecord) -> None:
    """The point of no return: on record first, then on the server."""
    old, new = operation.arguments["from"], operation.arguments["to"]
    work.store.set_roles(operation.instance, {old: Role.OUT, new: Role.PRIMARY}, protected=False)
    with work.server(new) as server:
        server.run(*sql.STOP_REPLICATING, *sql.REPLICA_DOES_NOT_ACKNOWLEDGE, *sql.OPEN_TO_CUSTOMERS)
    work.store.note(operation.instance, "promoted", f"{new} in place of {old}")


def admit(work: Work, operation: OperationRecord) -> None:
    """The old primary receives from the new one before clients are let in, so that their first write is protected.

    It does not apply yet: to stop waiting for acknowledgements of its own takes a server up to a second.
    """
    old, new = operation.arguments["from"], operation.arguments["to"]
    with work.server(old) as server:
        server.run(*sql.RECEIVE)
    if work.settings.decisions.wait_for_secondary:
        wait_in_force(work, new, CATCH_UP_LIMIT_S)
    with work.server(new) as server:
        server.run(*sql.WRITABLE)
    work.addresses.open(work.store.instance(operation.instance).address, new)
    work.store.note(operation.instance, "opened", f"clients reach {new}")


def settle(work: Work, operation: OperationRecord) -> None:
    """What could wait until clients were let in; the old primary counts as the secondary once it has caught up."""
    old, new = operation.arguments["from"], operation.arguments["to"]
    with work.server(new) as server:
        server.run(*sql.FORGET_SOURCE)
    with work.server(old) as server:
        server.run(*sql.SOURCE_DOES_NOT_WAIT, *sql.APPLY)
    protect(work, operation.instance, new, old)
    work.store.set_state(operation.instance, State.RUNNING)


def undo(work: Work, operation: OperationRecord) -> None:
    """The old primary goes on as if nothing had been asked for."""
    restore(work, operation)


SWITCH = Plan(
    (
        Step("announce", announce),
        Step("close", close),
        Step("drain", drain),
        Step("turn", turn),
        Step("admit", admit),
        Step("settle", settle),
    ),
    undo,
    forward_from="turn",
)
