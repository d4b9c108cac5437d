"""Comparing a disaster-recovery instance with its master row by row, while that takes writes.

The front applies up to the moment of a snapshot on the master and no further, and goes on after the comparison; readers
read on, of that moment. A promotion does not wait for it: it is put off then, whatever it waits for itself.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from pydantic import TypeAdapter

from hadrill.harness.engines.mysql import recovery
from hadrill.harness.engines.mysql import statements as sql
from hadrill.harness.engines.mysql.held_up import RENEWED_S
from hadrill.harness.engines.mysql.session import Session, SqlError
from hadrill.harness.engines.mysql.stopping import stop_applying
from hadrill.harness.errors import WaitTimeout
from hadrill.harness.model.disaster_recovery import Verification
from hadrill.harness.reference.compare_rows import compare
from hadrill.harness.reference.operations import linking
from hadrill.harness.reference.operations.hold_ups import HoldUps
from hadrill.harness.reference.operations.put_off import PUT_OFF, is_put_off
from hadrill.harness.reference.operations.snapshot import open_snapshot
from hadrill.harness.reference.operations.step import Plan, Step
from hadrill.harness.reference.records import InstanceRecord, OperationRecord
from hadrill.harness.reference.work import PutOff, Work
from hadrill.harness.wait import NotYet, until

ANSWER_S: Final = 20.0
REACH_LIMIT_S: Final = 60.0
HELD_UP_LIMIT_S: Final = 20.0
"""How long a lock of somebody's is waited for."""

LOOK_S: Final = 0.05
RESULT: Final = "verification"


def verify(work: Work, operation: OperationRecord) -> None:
    """What differs is remembered with the operation."""
    record = work.store.instance(operation.instance)
    hold_ups = HoldUps(work, operation, record.front, HELD_UP_LIMIT_S)
    found = compared(work, record, hold_ups, lambda: is_put_off(work, operation))
    work.store.remember(operation.id, **{RESULT: TypeAdapter(Verification).dump_json(found).decode()})
    work.store.note(record.id, "verified", f"{found.tables} tables, {len(found.differences)} differences")
    linking.start(work, record)


def compared(work: Work, record: InstanceRecord, hold_ups: HoldUps, put_off: Callable[[], bool]) -> Verification:
    """Compare the front with its master's primary; it does not apply any more afterwards.

    Args:
        work: the manager's hands.
        record: the instance.
        hold_ups: of its front.
        put_off: asked again and again whether something more urgent has to be done.

    Raises:
        PutOff: something has.
        HeldUp: somebody's lock is in the way on either side.
        WaitTimeout: the front does not receive what the master had executed.
        SqlError: of either server.
    """
    tables, decisions = linking.chosen(record, work.settings.decisions), work.settings.decisions
    with (
        work.connect(linking.source_of(work, record)) as master,
        work.connect(record.front) as front,
        _cut_once(put_off, master, front),
    ):
        master.wait_longer(ANSWER_S)
        front.wait_longer(ANSWER_S)
        pause(front, hold_ups)
        if decisions.verifies_one_moment:
            _reach(front, open_snapshot(master), hold_ups)
        found = compare(master, front, tables)
    return found if decisions.verification_compares else Verification(found.tables, found.rows)


def resume(work: Work, operation: OperationRecord) -> None:
    """It applies again, and all: an applier that was to stop somewhere would. One that goes on as it did is left."""
    record = work.store.instance(operation.instance)
    try:
        with work.server(record.front) as front:
            status = front.row(sql.REPLICA_STATUS)
            if (status.get("Replica_SQL_Running"), status.get("Until_Condition")) == ("Yes", "None"):
                return
            front.run(*recovery.STOP_SOON)
            stop_applying(front)
        linking.start(work, record)
    except (SqlError, WaitTimeout) as error:  # it stops as soon as it can, and the next look at it has it follow
        work.store.note(record.id, "verification-undone", f"it goes on later: {error}")


@contextmanager
def _cut_once(put_off: Callable[[], bool], *sessions: Session) -> Iterator[None]:
    """Whoever waits on these within, waits no longer; raises PutOff then."""
    over, cut = threading.Event(), threading.Event()

    def watch() -> None:
        while not over.wait(LOOK_S):
            if put_off():
                cut.set()
                for session in sessions:
                    session.cut()
                return

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    except SqlError as error:
        if cut.is_set():
            raise PutOff(PUT_OFF) from error
        raise
    finally:
        over.set()
        watcher.join()


def pause(front: Session, hold_ups: HoldUps) -> None:
    """It is not told to stop amid a transaction that cannot go on: the stop would wait for that, too.

    One that comes just then ends the stop in an error, and is looked at as what was there before.

    Raises:
        HeldUp: somebody's lock is in the way.
        WaitTimeout: it applies on, and nothing is seen to hold it up.
        SqlError: of the server.
    """
    front.run(*recovery.STOP_SOON)

    def rests() -> bool | NotYet:
        if told := hold_ups.look():
            return NotYet(told)
        try:
            stop_applying(front)
        except SqlError as error:
            if error.args[0] != recovery.STOPS_LATER:
                raise
            return NotYet("it was told to stop amid a transaction")
        return True

    until(rests, "the front to be free to apply", timeout_s=REACH_LIMIT_S, interval_s=2 * RENEWED_S)


def _reach(front: Session, executed: str, hold_ups: HoldUps) -> None:
    front.rows(recovery.APPLY_UNTIL, (executed,))

    def there() -> bool | NotYet:
        hold_ups.look()
        late = front.row(sql.WAIT_EXECUTED, (executed, 0.5))["late"]
        applies = front.row(sql.REPLICA_STATUS).get("Replica_SQL_Running")
        return True if (late, applies) == (0, "No") else NotYet(f"applies: {applies}, late: {late}")

    until(there, "the front to have applied what its master had executed", timeout_s=REACH_LIMIT_S)


VERIFY = Plan((Step("verify", verify),), resume)
