"""A disaster-recovery instance follows its master's primary, be it another one or again.

Where its data fit, readers read on all the while. Where its front ran ahead of the new primary - it was sent what was
never acknowledged - its second server takes over, if that fits, or else the front is copied anew, closed until
then.
"""

from contextlib import suppress
from typing import Final

from hadrill.harness.engines.mysql import statements as sql
from hadrill.harness.engines.mysql.session import SqlError
from hadrill.harness.engines.mysql.stopping import failed_with
from hadrill.harness.model.instance import Role, State
from hadrill.harness.reference.operations import linking
from hadrill.harness.reference.operations.misfit import misfit
from hadrill.harness.reference.operations.put_off import unless_put_off
from hadrill.harness.reference.operations.step import Plan, Step, leave
from hadrill.harness.reference.records import InstanceRecord, OperationRecord
from hadrill.harness.reference.work import Work

CATCH_UP_LIMIT_S: Final = 600
DRAIN_LIMIT_S: Final = 60


def drain(work: Work, operation: OperationRecord) -> None:
    """What was received, and the master has too, is applied before it is forgotten: it might not be had again."""
    record = work.store.instance(operation.instance)
    if record.state is State.REBUILDING:
        return
    with work.server(record.front) as front, work.server(linking.source_of(work, record)) as source:
        front.run(*sql.STOP_RECEIVING)
        status = front.row(sql.REPLICA_STATUS)
        received = str(status.get("Retrieved_Gtid_Set", ""))
        known = source.row(sql.IS_SUBSET, (received, source.row(sql.EXECUTED)["executed"]))["subset"]
    if received and known and not failed_with(status):
        linking.apply(work, record, record.front)
        work.await_executed(record.front, received, DRAIN_LIMIT_S, unless_put_off(work, operation))


def compare(work: Work, operation: OperationRecord) -> None:
    """By GTID; one that was being rebuilt stays closed until it is, since half a copy shows the GTID set of before."""
    record = work.store.instance(operation.instance)
    if record.state is State.REBUILDING:
        return
    source = linking.source_of(work, record)
    if not (why := misfit(work, record.front, source)):
        return
    work.store.note(record.id, "diverged", why)
    work.addresses.close(record.address)
    with work.server(record.front) as front:
        front.run(*sql.CLOSE_TO_CUSTOMERS)
    if (second := _fitting_second(work, record, source)) is not None:
        work.store.set_roles(record.id, {record.front: Role.OUT, second: Role.PRIMARY}, protected=False)
        work.store.set_state(record.id, State.DOWN, why)
    else:
        work.store.set_state(record.id, State.REBUILDING, why)


def rebuild(work: Work, operation: OperationRecord) -> None:
    """A copy in place of what does not fit."""
    record = work.store.instance(operation.instance)
    if record.state is State.REBUILDING:
        linking.fill(work, record, record.front)


def attach(work: Work, operation: OperationRecord) -> None:
    """It follows; one that was copied anew catches up before readers are let in."""
    record = work.store.instance(operation.instance)
    linking.follow_master(work, record)
    if record.state is State.REBUILDING:
        executed = work.executed(linking.source_of(work, record))
        work.await_caught_up(record.front, executed, CATCH_UP_LIMIT_S, unless_put_off(work, operation))


def resume(work: Work, operation: OperationRecord) -> None:
    """It applies what it received, and goes on to receive where it follows its master; nobody else can be followed."""
    record = work.store.instance(operation.instance)
    with suppress(SqlError):  # a server that was told to follow nobody has nothing to start
        linking.apply(work, record, record.front)
    if operation.arguments["from"]:
        linking.start(work, record)


def _fitting_second(work: Work, record: InstanceRecord, source: str) -> str | None:
    """The second server, where it can go on in the front's place."""
    second = record.node(Role.SECONDARY)
    with suppress(SqlError):
        if second is not None and not misfit(work, second, source):
            return second
    return None


RELINK = Plan(
    (
        Step("drain", drain),
        Step("compare", compare),
        Step("rebuild", rebuild),
        Step("attach", attach),
        Step("admit", linking.admit),
    ),
    leave,
)
RESUME = Plan((Step("resume", resume), Step("admit", linking.admit)), leave)
