"""Requests that meet on a disaster-recovery instance and its master: refused at once, or carried out; never half."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from hadrill.harness.engines.mysql.session import SqlError
from hadrill.harness.model.instance import InstanceType
from hadrill.harness.reference.refusals import Code
from hadrill.harness.reference.tests.pair import LIMIT_S, LOCK, Pair, held
from hadrill.harness.reference.tests.recovery import Recovery, await_received, cut_off
from hadrill.harness.reference.tests.writer import INSERT

pytestmark = pytest.mark.e2e

SOON_S = 8.0
"""Less than what it might wait for; generous, since the machine may be busy."""


@contextmanager
def switch_back_held_up(recovery: Recovery) -> Iterator[None]:
    """Asked for, and not done meanwhile: the row -1 of its master cannot be applied."""
    pair = recovery.pair
    with held(recovery.connect()):
        with pair.direct(pair.primary, pair.service_account()) as primary:
            primary.rows(INSERT, (-1,))
        assert recovery.ask("POST", "/switch-back", confirm=recovery.id) == (202, "")
        pair.await_step("switch-back", "drain")
        yield


def ask_promotion(recovery: Recovery) -> tuple[int, str]:
    """By somebody who accepts whatever comes of it; answered soon, whatever the answer."""
    began_s = time.monotonic()
    answer = recovery.ask("POST", "/promotion", confirm=recovery.id, accept_divergence=recovery.pair.id)
    assert time.monotonic() - began_s < SOON_S
    return answer


def assert_taken_over(recovery: Recovery, rows: frozenset[int]) -> None:
    """It is a pair that takes writes and holds these rows."""
    new = Pair(recovery.pair.stage, recovery.id)
    now = recovery.pair.stage.service.await_protected(recovery.id, timeout_s=LIMIT_S)
    assert (now.type, now.promoted_from) == (InstanceType.REGULAR, recovery.pair.id)
    new.await_whole(rows)


def test_a_promotion_does_not_wait_for_the_masters_switch(recovery: Recovery) -> None:
    """Both are carried out, the switch after the promotion."""
    pair, old = recovery.pair, recovery.pair.primary
    rows = pair.rows(old)
    with held(pair.direct(pair.other, pair.service_account())):
        with pair.direct(old, pair.service_account()) as primary:
            primary.rows(INSERT, (-1,))
        assert pair.ask("POST", "/switch") == (202, "")
        pair.await_step("switch", "announce")
        assert ask_promotion(recovery) == (202, "")
        assert pair.ask("POST", "/switch") == (409, Code.BUSY)
    assert (pair.await_outcome("promote"), pair.await_outcome("switch")) == ("done", "done")
    assert pair.primary != old
    pair.await_whole(rows | {-1})
    assert_taken_over(recovery, rows)


def test_a_promotion_does_not_wait_for_the_masters_failover(recovery: Recovery) -> None:
    """It is done while the master has no primary yet; the failover goes on, and the old side with it."""
    pair, lost, heir = recovery.pair, recovery.pair.primary, recovery.pair.other
    rows = pair.rows(lost)
    with held(pair.direct(heir, pair.service_account())):
        with pair.direct(lost, pair.service_account()) as primary:
            primary.rows(INSERT, (-1,))
        pair.stage.site.nodes.kill(lost)
        pair.await_step("failover", "drain")
        assert pair.ask("DELETE") == (409, Code.BUSY)
        assert ask_promotion(recovery) == (202, "")
        assert pair.await_outcome("promote") == "done"
    assert pair.await_outcome("failover") == "done"
    pair.stage.site.nodes.release(lost)
    pair.await_whole(rows | {-1})
    assert_taken_over(recovery, rows)


def test_a_promotion_does_not_wait_for_a_front_that_looks_for_its_new_source(recovery: Recovery) -> None:
    """A reader keeps its tables, so that it cannot apply what it received before it follows another primary."""
    pair, lost = recovery.pair, recovery.pair.primary
    with held(recovery.connect()):
        with pair.writing() as writer:
            writer.await_acknowledged(10, LIMIT_S)
            pair.stage.site.nodes.kill(lost)
            pair.await_step("relink", "drain")
        assert ask_promotion(recovery) == (202, "")
    assert pair.await_outcome("promote") == "done"
    assert_taken_over(recovery, frozenset())
    pair.stage.site.nodes.release(lost)
    pair.await_rest()


def test_a_promotion_does_not_wait_for_a_reader_who_keeps_the_tables(recovery: Recovery) -> None:
    """That one is cut off, so that what had been received is applied."""
    pair = recovery.pair
    rows = pair.rows(pair.primary)
    with recovery.connect() as reader:
        reader.run(LOCK)
        with pair.direct(pair.primary, pair.service_account()) as primary:
            primary.rows(INSERT, (-1,))
            await_received(pair, recovery.front)
        assert ask_promotion(recovery) == (202, "")
        assert pair.await_outcome("promote") == "done"
        with pytest.raises(SqlError):
            reader.run("SELECT 1")
    assert_taken_over(recovery, rows | {-1})


def test_a_promotion_during_a_switch_back_is_refused(recovery: Recovery) -> None:
    """The switch back goes on: the old master is closed, and all of its rows are on the new one."""
    pair = recovery.pair
    rows = pair.rows(pair.primary)
    with switch_back_held_up(recovery):
        assert ask_promotion(recovery) == (409, Code.BUSY)
    assert pair.await_outcome("switch-back") == "done"
    assert pair.writable() == []
    assert_taken_over(recovery, rows | {-1})


def test_a_promotion_does_not_wait_for_a_switch_back_whose_master_is_lost(recovery: Recovery) -> None:
    """The switch back is given up: all that had been received is there."""
    pair = recovery.pair
    rows = pair.rows(pair.primary)
    with switch_back_held_up(recovery):
        assert ask_promotion(recovery) == (409, Code.BUSY)
        with cut_off(pair, "north"):
            assert ask_promotion(recovery) == (202, "")
    assert pair.await_outcome("promote") == "done"
    assert_taken_over(recovery, rows | {-1})


def test_of_a_switch_and_a_switch_back_at_once_one_is_carried_out(recovery: Recovery) -> None:
    """Or one after the other; in the end one side takes writes, and no row is missing there."""
    pair = recovery.pair
    with pair.writing() as writer, ThreadPoolExecutor(2) as pool:
        switch = pool.submit(pair.ask, "POST", "/switch")
        back = pool.submit(lambda: recovery.ask("POST", "/switch-back", confirm=recovery.id))
        answers = {"switch": switch.result(), "switch-back": back.result()}
        assert (202, "") in answers.values()
        assert set(answers.values()) <= {(202, ""), (409, Code.BUSY), (409, Code.NOT_RUNNING)}
        ends = {kind: pair.await_outcome(kind) for kind, answer in answers.items() if answer == (202, "")}
        if ends.get("switch-back") != "done":
            writer.await_acknowledged(3, LIMIT_S)
    if ends.get("switch-back") == "done":
        assert pair.writable() == []
        assert_taken_over(recovery, writer.acknowledged)
    else:
        pair.await_whole(writer.acknowledged)


def test_what_is_asked_for_amid_a_switch_back_is_refused(recovery: Recovery) -> None:
    """On either side, and nothing of it is done afterwards."""
    pair, rows = recovery.pair, recovery.pair.rows(recovery.pair.primary)
    confirmed = {"confirm": recovery.id}
    with held(recovery.connect()):
        with pair.direct(pair.primary, pair.service_account()) as primary:
            primary.rows(INSERT, (-1,))
        assert recovery.ask("POST", "/switch-back", **confirmed) == (202, "")
        pair.await_step("switch-back", "drain")
        answers = [
            recovery.ask("POST", "/switch-back", **confirmed),
            recovery.ask("POST", "/verification"),
            recovery.ask("DELETE"),
            pair.ask("POST", "/switch"),
            pair.ask("DELETE"),
        ]
    assert {status for status, _ in answers} == {409}
    assert {code for _, code in answers} <= {Code.BUSY, Code.NOT_RUNNING}
    assert pair.await_outcome("switch-back") == "done"
    assert pair.writable() == []
    assert_taken_over(recovery, rows | {-1})
