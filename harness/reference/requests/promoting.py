"""Asking for a promotion: it may be urgent, and waits for little.

What the instance is in the middle of gives way, where it can be done again or is of no use to one that is promoted. The
master's own switch or failover is no concern of it: nothing of the master is asked for but whether it may be alive.
"""

from contextlib import suppress
from typing import Final

from hadrill.harness.engines.mysql.session import SqlError
from hadrill.harness.errors import WaitTimeout
from hadrill.harness.model.instance import State
from hadrill.harness.reference.hosts import HostTrouble
from hadrill.harness.reference.manager import Manager
from hadrill.harness.reference.operations.plans import PLANS
from hadrill.harness.reference.operations.put_off import PUT_OFF_FOR
from hadrill.harness.reference.records import InstanceRecord, OperationKind, OperationRecord
from hadrill.harness.reference.refusals import Code, Refusal
from hadrill.harness.reference.requests.disaster_recovery import NOTHING_TO_PROMOTE, recovering, require_confirmation
from hadrill.harness.wait import NotYet, until

BUSY_LIMIT_S: Final = 4.0
"""How long it waits for what the instance is in the middle of."""

REACH_S: Final = 1.0
GIVES_WAY: Final = frozenset(
    {
        OperationKind.VERIFY,
        OperationKind.SWITCH_BACK,
        OperationKind.RELINK,
        OperationKind.RESUME,
        OperationKind.JOIN,
    }
)


def promote(manager: Manager, instance: str, confirm: str, accept_divergence: str) -> int:
    """Begin a promotion; the operation's id."""
    record = recovering(manager, instance, relinking=False)
    if record.synchronization in NOTHING_TO_PROMOTE:
        sentence = (
            f"instance {instance} is {record.synchronization or 'unsynchronized'}: it holds nothing to go on with"
        )
        raise Refusal(Code.NEVER_SYNCHRONIZED, sentence)
    require_confirmation(manager, instance, confirm)
    master = record.master or record.promoted_from
    asks = manager.work.settings.decisions.asks_for_the_master
    if asks and accept_divergence != master and not _is_gone(manager, master):
        sentence = (
            f"the master {master} may be alive, and what both sides take from now on diverges for good; "
            "name it in accept_divergence to accept that"
        )
        raise Refusal(Code.MASTER_MAY_BE_ALIVE, sentence)
    return _begin_soon(manager, instance)


def _is_gone(manager: Manager, master: str) -> bool:
    """Whether it is certain that no server of the master can take a write."""
    record = manager.work.store.instance(master)
    if record.state is State.RELEASED:
        return True
    try:
        states = [manager.work.host(member.node).look(member.node).state for member in record.members]
    except HostTrouble:
        return False
    return all(state in {"exited", "absent", "prepared"} for state in states)


def _begin_soon(manager: Manager, instance: str) -> int:
    """What is under way gives way or is short, and need not be asked about twice.

    Raises:
        Refusal: it is not over soon, or ends as a promotion does.
    """
    _give_up_copy(manager, instance)

    def begun() -> int | NotYet:
        record = recovering(manager, instance, relinking=False)  # it may have been promoted while this waited
        try:
            return manager.begin(instance, OperationKind.PROMOTE, {})
        except Refusal as refusal:
            if refusal.code is not Code.BUSY:
                raise
            running = manager.work.store.running(instance)
            if running is not None and PUT_OFF_FOR not in running.arguments:
                if _promotes(manager, record, running):
                    raise
                _put_off(manager, running)
            return NotYet(refusal.sentence)

    try:
        return until(begun, f"{instance} to be free for its promotion", timeout_s=BUSY_LIMIT_S)
    except WaitTimeout:
        return manager.begin(instance, OperationKind.PROMOTE, {})  # refused with what it is in the middle of


def _promotes(manager: Manager, record: InstanceRecord, running: OperationRecord) -> bool:
    """It ends as a promotion does, and there is nothing to wait for; a switch back without its master does not."""
    if running.kind is not OperationKind.SWITCH_BACK:
        return running.kind is OperationKind.PROMOTE
    return PLANS[running.kind].must_finish(running.step) or _answers(manager, record.master)


def _put_off(manager: Manager, running: OperationRecord) -> None:
    """What may take long, and longer still where the master's region is lost; nothing of it is needed."""
    if running.kind in GIVES_WAY:
        manager.work.store.remember(running.id, **{PUT_OFF_FOR: OperationKind.PROMOTE})


def _answers(manager: Manager, master: str) -> bool:
    """Whether the master's primary does, to us; one that was released has none."""
    record = manager.work.store.instance(master)
    if record.state is State.RELEASED:
        return False
    try:
        with manager.work.connect(record.primary, REACH_S) as primary:
            return bool(primary.row("SELECT 1 AS alive"))
    except SqlError:
        return False


def _give_up_copy(manager: Manager, instance: str) -> None:
    """A server that is being copied anew is of no use to a promotion, and would only be waited for."""
    record, running = manager.work.store.instance(instance), manager.work.store.running(instance)
    copied = {OperationKind.JOIN: (running.arguments.get("node", "") if running else "")}
    if record.state is State.REBUILDING:
        copied[OperationKind.RELINK] = record.front
    if running is not None and (node := copied.get(running.kind)):
        with suppress(HostTrouble):
            manager.work.host(node).kill(node)
