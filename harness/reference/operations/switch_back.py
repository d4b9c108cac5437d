"""A disaster-recovery instance takes its living master's place: closed first, drained, verified, and then promoted.

Up to the turn a failure opens the master again; from then on that one stays closed for good.
"""

from typing import Final

from hadrill.harness.engines.mysql import statements as sql
from hadrill.harness.engines.mysql.session import SqlError
from hadrill.harness.model.instance import State
from hadrill.harness.reference.operations import linking, promote
from hadrill.harness.reference.operations.hold_ups import HoldUps
from hadrill.harness.reference.operations.put_off import is_put_off, unless_put_off
from hadrill.harness.reference.operations.step import Plan, Step
from hadrill.harness.reference.operations.verify import compared
from hadrill.harness.reference.records import OperationRecord
from hadrill.harness.reference.refusals import Code
from hadrill.harness.reference.work import Differs, Work
from hadrill.harness.wait import NotYet, until

IDLE_LIMIT_S: Final = 10.0
DRAIN_LIMIT_S: Final = 60.0
HELD_UP_LIMIT_S: Final = 5.0
"""How long a lock of a reader is waited for, while nobody can write."""


def close(work: Work, operation: OperationRecord) -> None:
    """The master takes no more writes; commits in flight end as they should. On record first: nobody opens it again."""
    record = work.store.instance(operation.instance)
    reason = f"{record.id} takes its place"
    work.store.change(record.master, successor=record.id, state=State.DOWN, reason=reason)

    go_on = unless_put_off(work, operation)

    def idle() -> bool | NotYet:
        go_on()
        running = work.store.running(record.master)
        return True if running is None else NotYet(f"it is in the middle of: {running.kind}")

    until(idle, f"the master {record.master} to be idle", timeout_s=IDLE_LIMIT_S)
    work.store.change(record.master, state=State.DOWN, reason=reason)  # what was running may have said otherwise
    if not work.settings.decisions.switch_back_closes:
        return
    master = work.store.instance(record.master)
    work.addresses.close(master.address)
    with work.server(master.primary) as primary:
        primary.run(*sql.CLOSE_TO_CUSTOMERS, *sql.READ_ONLY)


def drain(work: Work, operation: OperationRecord) -> None:
    """The front has executed all that the master has."""
    record = work.store.instance(operation.instance)
    executed = work.executed(linking.source_of(work, record))
    go_on, hold_ups = unless_put_off(work, operation), HoldUps(work, operation, record.front, HELD_UP_LIMIT_S)

    def look() -> None:
        go_on()
        hold_ups.look()

    work.await_caught_up(record.front, executed, DRAIN_LIMIT_S, look)


def verify(work: Work, operation: OperationRecord) -> None:
    """Every row is the same, or nothing is switched."""
    record = work.store.instance(operation.instance)
    hold_ups = HoldUps(work, operation, record.front, HELD_UP_LIMIT_S)
    found = compared(work, record, hold_ups, lambda: is_put_off(work, operation))
    if found.differences and work.settings.decisions.difference_stops:
        work.store.remember(operation.id, refusal=Code.VERIFICATION_FAILED)
        first = found.differences[0]
        raise Differs(f"{len(found.differences)} rows differ, the first one in {first.table}: {first.row}")


def forget(work: Work, operation: OperationRecord) -> None:
    """It follows nobody any more; the master stays as it is, closed."""
    promote.forget(work, operation)
    if not work.settings.decisions.master_stays_closed:
        work.store.change(work.store.instance(operation.instance).promoted_from, successor="")


def undo(work: Work, operation: OperationRecord) -> None:
    """The master is opened again by its own keeper, and the front goes on to follow it."""
    record = work.store.instance(operation.instance)
    if work.settings.decisions.undoing_opens_master:
        work.store.change(record.master, successor="")
    try:
        linking.start(work, record)
    except SqlError:  # the next look at it has it follow
        work.store.note(record.id, "switch-back-undone", "the front does not answer")


SWITCH_BACK = Plan(
    (
        Step("close", close),
        Step("drain", drain),
        Step("verify", verify),
        Step("seal", promote.seal),
        Step("turn", promote.turn),
        Step("open", promote.open_),
        Step("forget", forget),
    ),
    undo,
    forward_from="turn",
    patience_s=promote.FORGET_LIMIT_S,
)
