"""Comparing two instances while somebody keeps tables locked, on real servers: said, bounded, and asked for again."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from hadrill.harness.engines.mysql.held_up import RENEWED_S, held_up_by
from hadrill.harness.engines.mysql.session import Session
from hadrill.harness.reference.operations.hold_ups import HoldUps
from hadrill.harness.reference.operations.verify import pause
from hadrill.harness.reference.tests.pair import LIMIT_S, api
from hadrill.harness.reference.tests.recovery import Recovery, await_received, status_of
from hadrill.harness.reference.tests.writer import INSERT
from hadrill.harness.wait import NotYet, until

pytestmark = pytest.mark.e2e

READ = "LOCK TABLES drill.written READ"
WRITE = "LOCK TABLES drill.written WRITE"
LOCKED = -9
LOCK_ROW = "SELECT id FROM drill.written WHERE id = -9 FOR SHARE"
"""The other form is refused where nobody may write."""

LOCK_ROW_TO_WRITE = "SELECT id FROM drill.written WHERE id = -9 FOR UPDATE"
REMOVE = "DELETE FROM drill.written WHERE id = -9"


class Asked:
    """An operation that was begun."""

    def __init__(self, recovery: Recovery, path: str, **body: str) -> None:
        self._stage = recovery.pair.stage
        with api(self._stage) as client:
            answer = client.post(f"/v1/instances/{recovery.id}{path}", json=body)
        assert answer.status_code == 202
        self._path = f"/v1/operations/{answer.json()['operation']}"

    @property
    def now(self) -> Mapping[str, Any]:
        """As the service shows it."""
        with api(self._stage) as client:
            shown: Mapping[str, Any] = client.get(self._path).json()
        return shown

    def await_said(self, words: str) -> None:
        """Wait until it says so while it runs."""

        def said() -> bool | NotYet:
            now = self.now
            return (now["status"] == "running" and words in now["reason"]) or NotYet(str(now))

        until(said, f"it to say that {words}", timeout_s=LIMIT_S)

    def await_over(self) -> tuple[str, str]:
        """Wait for its end; how it ended, and why."""

        def over() -> tuple[str, str] | NotYet:
            now = self.now
            return NotYet(str(now)) if now["status"] == "running" else (now["status"], now["reason"])

        return until(over, "it to be over", timeout_s=LIMIT_S)


def write_one(recovery: Recovery, key: int) -> None:
    """The front has received it, and may not be able to apply it."""
    pair = recovery.pair
    with pair.direct(pair.primary, pair.service_account()) as primary:
        primary.rows(INSERT, (key,))
    await_received(pair, recovery.front)


def await_held_up(front: Session) -> None:
    """Wait until a transaction has come that a lock is in the way of."""

    def held_up() -> bool | NotYet:
        return held_up_by(front) != "" or NotYet("it applies")

    until(held_up, "the lock to hold it up", timeout_s=LIMIT_S, interval_s=2 * RENEWED_S)


def test_a_lock_on_either_side_is_told_and_leaves_all_as_it_was(recovery: Recovery) -> None:
    """It is waited for; one that stays too long is named in a sentence, and the comparison can be had afterwards."""
    pair = recovery.pair
    with recovery.connect() as reader:
        reader.run(READ)
        write_one(recovery, -1)
        asked = Asked(recovery, "/verification")
        asked.await_said("somebody keeps its tables locked")
        reader.run("UNLOCK TABLES")
        assert asked.await_over() == ("done", "")

        reader.run(READ)
        write_one(recovery, -2)
        status, why = Asked(recovery, "/verification").await_over()
        assert (status, "somebody keeps its tables locked" in why, "ask again" in why) == ("undone", True, True)
        assert "2013" not in why
        with pair.direct(recovery.front) as front:
            told = status_of(front)
        assert (told["Replica_SQL_Running"], told["Until_Condition"]) == ("Yes", "None")
        reader.run("UNLOCK TABLES")
    assert Asked(recovery, "/verification").await_over() == ("done", "")

    with Session(pair.now.address, pair.owner, answer_s=5) as writer:
        writer.run(WRITE)
        status, why = Asked(recovery, "/verification").await_over()
        assert (status, "could not be kept still" in why, "ask again" in why) == ("undone", True, True)
    assert Asked(recovery, "/verification").await_over() == ("done", "")
    recovery.await_alike()


def test_a_lock_of_rows_is_told_by_who_keeps_it_and_one_at_the_master_holds_nothing_up(recovery: Recovery) -> None:
    """As one of tables is: MySQL itself would go on trying for minutes, and say nothing."""
    pair = recovery.pair
    write_one(recovery, LOCKED)
    recovery.await_alike()
    own = pair.service_account()
    with (
        recovery.connect() as reader,
        pair.direct(pair.primary, own) as primary,
        pair.direct(recovery.front, own) as front,
    ):
        reader.run("BEGIN", LOCK_ROW)
        primary.run(REMOVE)
        await_held_up(front)
        asked = Asked(recovery, "/verification")
        connection = reader.row("SELECT CONNECTION_ID() AS id")["id"]
        keeper = f"somebody keeps its rows locked (connection {connection} of {pair.owner.user})"
        asked.await_said(keeper)
        reader.run("ROLLBACK")
        assert asked.await_over() == ("done", "")

        primary.rows(INSERT, (LOCKED,))
        recovery.await_alike()
        reader.run("BEGIN", LOCK_ROW)
        primary.run(REMOVE)
        await_held_up(front)
        status, why = Asked(recovery, "/verification").await_over()
        assert (status, keeper in why, "ask again" in why) == ("undone", True, True)
        reader.run("ROLLBACK")

        primary.rows(INSERT, (LOCKED,))
        recovery.await_alike()
        with Session(pair.now.address, pair.owner, answer_s=5) as writer:
            writer.run("BEGIN", LOCK_ROW_TO_WRITE)
            assert Asked(recovery, "/verification").await_over() == ("done", "")
        primary.run(REMOVE)
    recovery.await_alike()


class FirstSeesNothing(HoldUps):
    """Looks that begin just before the transaction comes that is held up."""

    def __init__(self) -> None:
        self.looks = iter(("", "somebody keeps its rows locked", ""))
        self.ends: Callable[[], None] = lambda: None

    def look(self) -> str:
        """The lock is ended once it has been seen."""
        seen = next(self.looks)
        if seen:
            self.ends()
        return seen


def test_a_transaction_that_comes_as_the_front_is_told_to_stop_is_waited_for(recovery: Recovery) -> None:
    """MySQL ends that stop in its error 1875 after two seconds, and nothing but what holds it up explains that."""
    pair, looks = recovery.pair, FirstSeesNothing()
    write_one(recovery, LOCKED)
    recovery.await_alike()
    with recovery.connect() as reader, pair.direct(pair.primary, pair.service_account()) as primary:
        reader.run("BEGIN", LOCK_ROW)
        primary.run(REMOVE)
        with pair.direct(recovery.front, pair.service_account()) as front:
            front.wait_longer(LIMIT_S)
            await_held_up(front)
            looks.ends = lambda: reader.run("ROLLBACK")
            pause(front, looks)
            assert [*looks.looks] == []
    recovery.await_alike()


def test_a_switch_back_does_not_keep_its_master_closed_for_a_reader(recovery: Recovery) -> None:
    """It says what holds it up, opens the master again, and can be had once the lock is gone."""
    pair, confirmed = recovery.pair, {"confirm": recovery.id}
    with recovery.connect() as reader:
        reader.run(READ)
        write_one(recovery, -1)
        asked = Asked(recovery, "/switch-back", **confirmed)
        asked.await_said("somebody keeps its tables locked")
        status, why = asked.await_over()
        assert (status, "somebody keeps its tables locked" in why, "ask again" in why) == ("undone", True, True)
        pair.await_rest()
        with pair.writing() as writer:
            writer.await_acknowledged(3, LIMIT_S)
    recovery.await_whole()
    assert Asked(recovery, "/switch-back", **confirmed).await_over() == ("done", "")
    assert pair.writable() == []
    assert writer.acknowledged | {-1} <= recovery.shown()
