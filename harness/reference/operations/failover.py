"""A failover: nobody asked for it; the primary is lost and a secondary holds all that it acknowledged.

The old primary need not be reached. Once its only secondary has stopped receiving from it, it cannot acknowledge
another write: its commits wait for ever. What it acknowledged before is in the secondary's relay log, which is applied
to its end before the secondary is opened.
"""

from hadrill.harness.engines.mysql import statements as sql
from hadrill.harness.engines.mysql.stopping import forget_source, stop_replicating
from hadrill.harness.model.instance import Role, State
from hadrill.harness.reference.operations.step import Plan, Step
from hadrill.harness.reference.records import PROMOTED, OperationRecord
from hadrill.harness.reference.work import Work

DRAIN_LIMIT_S = 60


def cut(work: Work, operation: OperationRecord) -> None:
    """Clients first: nobody reaches the old primary over the address any more."""
    lost = operation.arguments["from"]
    work.store.set_state(operation.instance, State.FAILING_OVER, f"the primary on {lost} is lost")
    work.addresses.close(work.store.instance(operation.instance).address)


def seal(work: Work, operation: OperationRecord) -> None:
    """The secondary stops receiving: from here on the old primary can acknowledge nothing."""
    with work.server(operation.arguments["to"]) as server:
        server.run(*sql.STOP_RECEIVING)


def drain(work: Work, operation: OperationRecord) -> None:
    """What was received, and so acknowledged, is applied before anything else happens."""
    if not work.settings.decisions.drains_before_promotion:
        return
    node = operation.arguments["to"]
    with work.server(node) as server:
        server.run(*sql.APPLY)  # a server that was started again does not apply by itself
        received = str(server.row(sql.REPLICA_STATUS).get("Retrieved_Gtid_Set", ""))
    if received:
        work.await_executed(node, received, DRAIN_LIMIT_S)


def turn(work: Work, operation: OperationRecord) -> None:
    """The point of no return: on record first, then on the server."""
    lost, chosen = operation.arguments["from"], operation.arguments["to"]
    work.store.set_roles(operation.instance, {lost: Role.OUT, chosen: Role.PRIMARY}, protected=False)
    with work.server(chosen) as server:
        stop_replicating(server)
        server.run(*sql.REPLICA_DOES_NOT_ACKNOWLEDGE)
    work.store.note(operation.instance, PROMOTED, f"{chosen} in place of {lost}")


def admit(work: Work, operation: OperationRecord) -> None:
    """Writes go on, unprotected until a secondary is back."""
    record = work.store.instance(operation.instance)
    chosen = operation.arguments["to"]
    with work.server(chosen) as server:
        server.run(*sql.SOURCE_DOES_NOT_WAIT, *sql.WRITABLE, *sql.OPEN_TO_CUSTOMERS)
    work.addresses.open(record.address, chosen)
    work.store.set_state(record.id, State.RUNNING, f"unprotected until {operation.arguments['from']} is back")
    work.store.note(record.id, "opened", f"clients reach {chosen}")


def forget(work: Work, operation: OperationRecord) -> None:
    """The new primary has no source any more; files are removed for it, which clients need not wait for."""
    with work.server(operation.arguments["to"]) as server:
        forget_source(server)


def give_up(work: Work, operation: OperationRecord) -> None:
    """The candidate cannot be had: stay down and say so, until one of the two is back."""
    work.store.set_state(operation.instance, State.DOWN, "the primary is lost and its secondary does not answer")


FAILOVER = Plan(
    (
        Step("cut", cut),
        Step("seal", seal),
        Step("drain", drain),
        Step("turn", turn),
        Step("admit", admit),
        Step("forget", forget),
    ),
    give_up,
    forward_from="turn",
)
