"""A disaster-recovery instance takes its master's place, once and for ever; nothing of it waits for the old region.

What was received is applied first. From the turn on it is an ordinary instance on record, so that whatever restarts
then, nobody has it follow anyone; its second server is taken back as any secondary that was lost.
"""

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Final

from hadrill.harness.engines.mysql import recovery
from hadrill.harness.engines.mysql import statements as sql
from hadrill.harness.engines.mysql.session import Session, SqlError
from hadrill.harness.engines.mysql.stopping import forget_source, stop_applying
from hadrill.harness.model.disaster_recovery import Synchronization
from hadrill.harness.model.instance import InstanceType, Role, State
from hadrill.harness.reference.gtids import Gtids
from hadrill.harness.reference.operations import linking
from hadrill.harness.reference.operations.hold_ups import HoldUps
from hadrill.harness.reference.operations.step import Plan, Step
from hadrill.harness.reference.records import PROMOTED, InstanceRecord, OperationRecord
from hadrill.harness.reference.work import HeldUp, Work

ANSWER_S: Final = 3.0
FORGET_LIMIT_S: Final = 30.0
"""A server that is just trying to reach a source which is silent cannot be told to stop trying at once."""

DRAIN_LIMIT_S: Final = 60
READER_LIMIT_S: Final = 1.0
"""How long the lock of a reader is waited for; all readers are cut off then, until it is open to everybody."""

ALONE: Final = "unprotected until its second server holds all data"


def seal(work: Work, operation: OperationRecord) -> None:
    """Nothing more arrives; the server that received most is the front from now on.

    One that only tries to receive is not told to stop: it might not answer anything until it gives up trying.
    """
    record = work.store.instance(operation.instance)
    whole = _whole(record)
    with ThreadPoolExecutor(len(whole)) as pool:
        answers = zip(whole, pool.map(partial(_seal, work), whole), strict=True)
    received = {node: gtids for node, gtids in answers if gtids is not None}
    if not received:
        raise SqlError(f"no server of {record.id} that holds all data answers: {', '.join(whole)}")
    all_of_it = (node for node, has in received.items() if all(has.contains(other) for other in received.values()))
    most = next(all_of_it, next(iter(received)))  # the front, where either has what the other lacks
    roles = {member.node: Role.PRIMARY if member.node == most else Role.OUT for member in record.members}
    if most != record.front:
        work.store.set_roles(record.id, roles, protected=False)


def drain(work: Work, operation: OperationRecord) -> None:
    """What was received is applied, to its end; a reader who keeps tables locked is not waited for."""
    record = work.store.instance(operation.instance)
    if not work.settings.decisions.applies_received:
        return
    with work.server(record.front) as server:
        status = server.row(sql.REPLICA_STATUS)
    received = str(status.get("Retrieved_Gtid_Set", ""))
    if received:
        if status.get("Replica_SQL_Running") != "Yes":
            linking.apply(work, record, record.front)
        try:
            hold_ups = HoldUps(work, operation, record.front, READER_LIMIT_S)
            work.await_executed(record.front, received, DRAIN_LIMIT_S, hold_ups.look)
        except HeldUp as trouble:
            work.store.note(record.id, "readers-cut-off", str(trouble))
            with work.server(record.front) as server:
                server.run(*sql.CLOSE_TO_CUSTOMERS)
            work.await_executed(record.front, received, DRAIN_LIMIT_S)


def turn(work: Work, operation: OperationRecord) -> None:
    """The point of no return: it follows nobody, on record."""
    record = work.store.instance(operation.instance)
    others = {member.node: Role.OUT for member in record.members if member.node != record.front}
    work.store.set_roles(record.id, others, protected=False)
    work.store.change(
        record.id,
        type=InstanceType.REGULAR,
        master="",
        promoted_from=record.master or record.promoted_from,
        synchronization=Synchronization.BROKEN,
    )
    work.store.note(record.id, PROMOTED, f"{record.front} takes writes in place of {record.master}")


def open_(work: Work, operation: OperationRecord) -> None:
    """It takes writes, unprotected until its second server is back."""
    record = work.store.instance(operation.instance)
    with work.server(record.front) as server:
        stop_applying(server)
        server.run(*sql.SOURCE_DOES_NOT_WAIT, *sql.WRITABLE, *sql.OPEN_TO_CUSTOMERS)
    work.addresses.open(record.address, record.front)
    work.store.set_state(record.id, State.RUNNING, ALONE)
    work.store.note(record.id, "opened", f"clients reach {record.front}")


def forget(work: Work, operation: OperationRecord) -> None:
    """The source, and what was chosen of it; it may take long to stop trying to reach it, and clients do not wait."""
    with work.server(work.store.instance(operation.instance).front) as server:
        server.run(*recovery.STOP_SOON)
        if work.settings.decisions.promotion_ends_link:
            forget_source(server)
        else:
            server.run(*sql.APPLY, *sql.RECEIVE)


def undo(work: Work, operation: OperationRecord) -> None:
    """It goes on as it was: the next look has it receive again."""
    record = work.store.instance(operation.instance)
    work.store.note(record.id, "promotion-undone", "it follows its master as before")


def _whole(record: InstanceRecord) -> tuple[str, ...]:
    """Servers that hold all that they executed; one that is being copied does not."""
    front = () if record.state is State.REBUILDING else (record.front,)
    second = record.node(Role.SECONDARY)
    return front if second is None else (*front, second)


def _seal(work: Work, node: str) -> Gtids | None:
    """What the server has executed or will apply; None where it does not answer."""
    try:
        with work.connect(node, ANSWER_S) as server:
            if server.row(sql.REPLICA_STATUS).get("Replica_IO_Running") == "Yes":
                server.run(*recovery.STOP_SOON, *sql.STOP_RECEIVING)
            return _received(server)
    except SqlError:
        return None


def _received(server: Session) -> Gtids:
    waiting = str(server.row(sql.REPLICA_STATUS).get("Retrieved_Gtid_Set", ""))
    return Gtids.parse(",".join(filter(None, (str(server.row(sql.EXECUTED)["executed"]), waiting))))


PROMOTE = Plan(
    (Step("seal", seal), Step("drain", drain), Step("turn", turn), Step("open", open_), Step("forget", forget)),
    undo,
    forward_from="turn",
    patience_s=FORGET_LIMIT_S,
)
