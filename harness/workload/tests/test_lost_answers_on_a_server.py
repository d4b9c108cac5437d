"""Sessions, statements and servers that end under a request: what its client learns, and whether the row is there."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from hadrill.harness.model.operation import Outcome
from hadrill.harness.wait import NotYet, until
from hadrill.harness.workload.tests.bare_server import BareServer
from hadrill.harness.workload.tests.talk import (
    DOES_NOT_WAIT,
    WAITS_FOR_A_REPLICA,
    Talk,
    rows_of,
    setting,
    wait_for_state,
)

pytestmark = pytest.mark.e2e


def test_offline_mode_ends_sessions(server: BareServer, talk: Talk) -> None:
    """A session that the server ended learns it at its next write, which it cannot tell from a lost answer."""
    with setting(server, "offline_mode", "ON"):
        assert talk.ask() == (Outcome.INDETERMINATE, 2013)
    assert rows_of(server) == 0


def test_killed_session(server: BareServer, talk: Talk) -> None:
    """The first request on a killed session is open; on the closed connection after it nothing is sent any more."""
    server.run(f"KILL {talk.id}")
    assert [talk.ask(), talk.ask()] == [(Outcome.INDETERMINATE, 2013), (Outcome.REFUSED, 0)]
    assert rows_of(server) == 0


def test_cut_connection(talk: Talk) -> None:
    """A request that could not be sent whole is open: part of it may have left."""
    talk.conversation.cut()
    assert talk.ask() == (Outcome.INDETERMINATE, 2006)


def test_killed_statement(server: BareServer, talk: Talk) -> None:
    """A statement that is killed while it waits says so."""
    holder = Talk(server)
    holder.ask("BEGIN")
    holder.ask()
    with ThreadPoolExecutor() as pool:
        waiting = pool.submit(talk.ask)
        wait_for_state(server, talk, "update")
        server.run(f"KILL QUERY {talk.id}")
        assert waiting.result() == (Outcome.INDETERMINATE, 1317)
    holder.ask("ROLLBACK")


def test_commit_that_waits_for_a_replica_for_ever(server: BareServer) -> None:
    """A write whose answer did not come in time is open; here it turns out to be there."""
    talk = Talk(server, timeout_s=0.3)
    talk.log_in()
    server.run(*WAITS_FOR_A_REPLICA)
    assert talk.ask() == (Outcome.INDETERMINATE, 2013)
    server.run(DOES_NOT_WAIT)
    until(lambda: rows_of(server) == 1 or NotYet("no row"), "the row to be there", timeout_s=5)
    assert rows_of(server) == 1


def test_session_killed_while_its_commit_waits(server: BareServer, talk: Talk) -> None:
    """The client of a commit that waits is cut off, and the row is there all the same."""
    server.run(*WAITS_FOR_A_REPLICA)
    with ThreadPoolExecutor() as pool:
        waiting = pool.submit(talk.ask)
        wait_for_state(server, talk, "semi-sync ACK")
        server.run(f"KILL {talk.id}")
        assert waiting.result() == (Outcome.INDETERMINATE, 2013)
    server.run(DOES_NOT_WAIT)
    assert rows_of(server) == 1


def test_paused_server(server: BareServer) -> None:
    """A paused server answers neither write nor login; the write that it took in is there after it woke."""
    talk = Talk(server, timeout_s=0.3)
    talk.log_in()
    server.pause()
    try:
        assert talk.ask() == (Outcome.INDETERMINATE, 2013)
        assert Talk(server).log_in() == (Outcome.REFUSED, 2013)
    finally:
        server.resume()
    until(lambda: rows_of(server) == 1 or NotYet("no row"), "the row to be there", timeout_s=5)
    assert rows_of(server) == 1


def test_killed_server(server: BareServer, talk: Talk) -> None:
    """The death of a server leaves the request in flight open; there is no connection to a dead one."""
    server.run(*WAITS_FOR_A_REPLICA)
    with ThreadPoolExecutor() as pool:
        waiting = pool.submit(talk.ask)
        wait_for_state(server, talk, "semi-sync ACK")
        server.kill()
        assert waiting.result() == (Outcome.INDETERMINATE, 2013)
    assert Talk(server).log_in() == (Outcome.REFUSED, 2003)
    server.restart()
    assert rows_of(server) == 1


def test_server_that_shuts_down(server: BareServer, talk: Talk) -> None:
    """An orderly shutdown leaves a statement that waits open."""
    holder = Talk(server)
    holder.ask("BEGIN")
    holder.ask()
    with ThreadPoolExecutor() as pool:
        waiting = pool.submit(talk.ask)
        wait_for_state(server, talk, "update")
        threading.Thread(target=server.run, args=("SHUTDOWN",)).start()
        told = waiting.result()
    server.wait_for_end()
    server.restart()
    assert told in {(Outcome.INDETERMINATE, 1053), (Outcome.INDETERMINATE, 2013)}
    assert rows_of(server) == 0
