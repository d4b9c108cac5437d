"""The listed errors that a statement can be given: each one's number, and what it says of the row."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from hadrill.harness.model.operation import Outcome
from hadrill.harness.workload.tests.bare_server import READER, BareServer
from hadrill.harness.workload.tests.talk import (
    ACKNOWLEDGED,
    INSERT,
    INSERT_ANOTHER,
    Talk,
    rows_of,
    setting,
    wait_for_state,
)

pytestmark = pytest.mark.e2e


def test_acknowledged_write_is_there(server: BareServer, talk: Talk) -> None:
    """Without a disturbance a write is acknowledged and present."""
    assert talk.ask() == ACKNOWLEDGED
    assert rows_of(server) == 1


@pytest.mark.parametrize("variable", ["read_only", "super_read_only"])
def test_read_only(server: BareServer, talk: Talk, variable: str) -> None:
    """A read-only server refuses, on a connection from before too."""
    with setting(server, variable, "ON"):
        assert talk.ask() == (Outcome.REFUSED, 1290)
    server.run("SET GLOBAL read_only = OFF")
    assert rows_of(server) == 0


@pytest.mark.parametrize(
    ("before", "statement", "error"),
    [
        ("SELECT 1", "INSERT INTO d.gone VALUES (1)", 1146),
        ("SELECT 1", "INSERT INTO gone.t VALUES (1)", 1049),
        ("SELECT 1", "INSERT INTO t VALUES (1)", 1046),
        ("SELECT 1", "INSERT INTO information_schema.tables VALUES (1)", 1044),
        ("SELECT 1", "SET GLOBAL sync_binlog = 0", 1227),
        ("SET SESSION TRANSACTION READ ONLY", INSERT, 1792),
    ],
)
def test_statement_that_is_never_run(server: BareServer, talk: Talk, before: str, statement: str, error: int) -> None:
    """What is refused before it runs has no effect."""
    assert talk.ask(before) == ACKNOWLEDGED
    assert talk.ask(statement) == (Outcome.REFUSED, error)
    assert rows_of(server) == 0


def test_missing_privilege(server: BareServer) -> None:
    """An account that may only read is refused the write."""
    assert Talk(server, READER).ask() == (Outcome.REFUSED, 1142)
    assert rows_of(server) == 0


def test_privilege_on_other_columns(server: BareServer) -> None:
    """An account that may write one column is refused the other."""
    server.run("GRANT INSERT (id) ON d.t TO reader@'127.0.0.1'")
    assert Talk(server, READER).ask("INSERT INTO d.t (id, body) VALUES (1, 'x')") == (Outcome.REFUSED, 1143)
    server.run("REVOKE INSERT (id) ON d.t FROM reader@'127.0.0.1'")
    assert rows_of(server) == 0


def test_read_only_schema(server: BareServer, talk: Talk) -> None:
    """A schema can be closed to writes by itself."""
    server.run("ALTER SCHEMA d READ ONLY = 1")
    assert talk.ask() == (Outcome.REFUSED, 3989)
    server.run("ALTER SCHEMA d READ ONLY = 0")
    assert rows_of(server) == 0


def test_full_table(server: BareServer, talk: Talk) -> None:
    """A table without room refuses the row."""
    with setting(server, "max_heap_table_size", "16384"):
        server.run("SET SESSION max_heap_table_size = 16384", "CREATE TABLE d.small (body CHAR(250)) ENGINE = MEMORY")
        outcomes = [talk.ask("INSERT INTO d.small VALUES ('x')") for _ in range(300)]
    assert outcomes[-1] == (Outcome.REFUSED, 1114)
    ((count,),) = server.run("SELECT COUNT(*) FROM d.small")
    assert outcomes.count(ACKNOWLEDGED) == count


def test_own_read_lock(talk: Talk) -> None:
    """A session that holds the global read lock itself is refused its writes."""
    assert talk.ask("FLUSH TABLES WITH READ LOCK") == ACKNOWLEDGED
    assert talk.ask() == (Outcome.REFUSED, 1223)


def test_lock_wait_that_ends(server: BareServer, talk: Talk) -> None:
    """A write that gave up waiting for a lock is not there."""
    holder = Talk(server)
    assert holder.ask("BEGIN") == ACKNOWLEDGED
    assert holder.ask() == ACKNOWLEDGED
    assert talk.ask("SET SESSION innodb_lock_wait_timeout = 2") == ACKNOWLEDGED
    assert talk.ask() == (Outcome.REFUSED, 1205)
    holder.ask("ROLLBACK")
    assert rows_of(server) == 0


def test_deadlock(server: BareServer, talk: Talk) -> None:
    """Of two transactions that wait for each other one is rolled back, and is told so."""
    other = Talk(server)
    for each, insert in ((talk, INSERT), (other, INSERT_ANOTHER)):
        assert [each.ask("BEGIN"), each.ask(insert)] == [ACKNOWLEDGED] * 2
    with ThreadPoolExecutor() as pool:
        waiting = pool.submit(talk.ask, INSERT_ANOTHER)
        wait_for_state(server, talk, "update")
        told = {other.ask(INSERT)}
        other.ask("ROLLBACK")
        told.add(waiting.result())
    assert told == {ACKNOWLEDGED, (Outcome.REFUSED, 1213)}
