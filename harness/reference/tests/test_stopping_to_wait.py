"""A server is told to wait for no acknowledgement any more: mostly at once, and never while clients wait for it."""

import time

import pytest

from hadrill.harness.engines.mysql import statements as sql
from hadrill.harness.engines.mysql.session import Session
from hadrill.harness.engines.mysql.stopping import stop_waiting
from hadrill.harness.reference.tests.pair import LIMIT_S, Pair
from hadrill.harness.wait import NotYet, until

pytestmark = pytest.mark.e2e

TIMES = 3
AT_ONCE_S = 0.4
"""The thread that hears acknowledgements looks up once a second by itself."""


def test_it_does_not_take_the_second_in_which_nothing_is_heard(pair: Pair) -> None:
    """Each time from the moment at which the last acknowledgement came; the quickest counts on a busy machine."""
    account, primary = pair.service_account(), pair.primary
    pair.kill_manager()
    with pair.direct(primary, account) as server, pair.direct(primary, account) as beside:
        took_s = [_stopped_s(server, beside) for _ in range(TIMES)]
        server.run(*sql.SOURCE_WAITS)
    pair.stage.start_manager()
    pair.await_whole(frozenset())
    assert min(took_s) < AT_ONCE_S


def test_clients_are_let_in_after_a_switch_before_the_old_primary_is_told(pair: Pair) -> None:
    """One telling in sixty takes the whole second; a switch's clients waited for it."""
    old, new, address, owner = pair.primary, pair.other, pair.now.address, pair.owner
    pair.die_before("switch.settle")
    pair.begin("POST", "/switch")
    pair.await_death()
    with pair.direct(old, pair.service_account()) as server:
        assert server.row(sql.GATES)["waits"]
    with Session(address, owner, answer_s=LIMIT_S) as client:
        client.run("CREATE TABLE drill.let_in (id BIGINT PRIMARY KEY)")
    pair.stage.start_manager()
    pair.await_whole(frozenset())
    assert pair.primary == new


def _stopped_s(server: Session, beside: Session) -> float:
    server.run(*sql.SOURCE_WAITS)

    def heard() -> bool | NotYet:
        status = {row["Variable_name"]: row["Value"] for row in server.rows(sql.SEMI_SYNC_STATUS)}
        return int(status["Rpl_semi_sync_source_clients"]) > 0 or NotYet("there is none")

    until(heard, "a replica to acknowledge", timeout_s=LIMIT_S)
    server.run("CREATE DATABASE hadrill_heard", "DROP DATABASE hadrill_heard")
    began_s = time.monotonic()
    stop_waiting(server, beside)
    assert not server.row(sql.GATES)["waits"]
    return time.monotonic() - began_s
