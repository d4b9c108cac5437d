"""A server whose commits wait for a secondary's acknowledgement is told not to: at once, and its replica comes back."""

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
