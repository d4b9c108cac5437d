"""The listed errors that a server can be brought to give: each one's number, and what it says of the row."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from hadrill.harness.model.instance import Account
from hadrill.harness.model.operation import Kind, Outcome, Way
from hadrill.harness.wait import NotYet, until
from hadrill.harness.workload.columns import Columns
from hadrill.harness.workload.connection import Connection
from hadrill.harness.workload.conversation import Conversation
from hadrill.harness.workload.outcome import Phase
from hadrill.harness.workload.tests.bare_server import OWNER, READER, BareServer
from hadrill.harness.workload.tests.load_settings import client

pytestmark = pytest.mark.e2e

Told = tuple[Outcome, int]
ACKNOWLEDGED = (Outcome.ACKNOWLEDGED, 0)
INSERT = "INSERT INTO d.t VALUES (1, 'x')"
INSERT_ANOTHER = "INSERT INTO d.t VALUES (2, 'x')"

WAITS_FOR_A_REPLICA = (
    "SET GLOBAL rpl_semi_sync_source_timeout = 4294967295",
    "SET GLOBAL rpl_semi_sync_source_wait_no_replica = ON",
    "SET GLOBAL rpl_semi_sync_source_enabled = ON",
)
DOES_NOT_WAIT = "SET GLOBAL rpl_semi_sync_source_enabled = OFF"


class Talk:
    """One conversation with the server, for a test to lead."""

    def __init__(self, server: BareServer, account: Account = OWNER, *, timeout_s: float = 5.0) -> None:
        self._columns = Columns(0, Way.ADDRESS)
        settings = client(
            port=server.endpoint.port,
            user=account.user,
            password=account.password,
            connect_timeout_s=1,
            request_timeout_s=timeout_s,
        )
        self.strange: list[object] = []
        self.conversation = Conversation(settings, self._columns, {server.server_id: 0}, self.strange.append)
        self._connection: Connection | None = None

    def log_in(self) -> Told:
        """Log in; what the client learned of it."""
        try:
            self._connection = self.conversation.log_in()
            self.conversation.learn_server(self._connection)
        except Exception as error:  # noqa: BLE001 - as the clients do
            self.conversation.record_error(Phase.CONNECT, Kind.LOGIN, 0, error)
            return self._told()
        return ACKNOWLEDGED

    def ask(self, statement: str = INSERT) -> Told:
        """Send a statement; what the client learned of it."""
        if self._connection is None:
            assert self.log_in() == ACKNOWLEDGED
        assert self._connection is not None
        self.conversation.ask(self._connection, Kind.WRITE, statement, 1)
        return self._told()

    @property
    def id(self) -> int:
        """The server's number for this session."""
        assert self._connection is not None
        return int(self._connection.thread_id())  # type: ignore[no-untyped-call]  # the stubs leave it out

    def _told(self) -> Told:
        row = self._columns.take()[-1][-1]
        return Outcome(row["outcome"]), int(row["error"])


@pytest.fixture
def talk(server: BareServer) -> Iterator[Talk]:
    """The owner's conversation, logged in; whatever the server says is known to us."""
    talk = Talk(server)
    assert talk.log_in() == ACKNOWLEDGED
    yield talk
    talk.conversation.drop()
    assert talk.strange == []


@contextmanager
def setting(server: BareServer, variable: str, value: str) -> Iterator[None]:
    """A global variable for a while."""
    ((before,),) = server.run(f"SELECT @@GLOBAL.{variable}")
    server.run(f"SET GLOBAL {variable} = {value}")
    yield
    server.run(f"SET GLOBAL {variable} = {before}")


def rows_of(server: BareServer) -> int:
    """How many rows the table holds."""
    ((count,),) = server.run("SELECT COUNT(*) FROM d.t")
    return int(count)


def wait_for_state(server: BareServer, talk: Talk, state: str) -> None:
    """Wait until the server shows that session waiting for this."""

    def shown() -> bool | NotYet:
        states = [row[6] for row in server.run("SHOW PROCESSLIST") if row[0] == talk.id]
        return True if states and state in str(states[0]) else NotYet(str(states))

    until(shown, f"session {talk.id} to be {state}", timeout_s=5)


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


@pytest.mark.parametrize(
    ("account", "prepare", "error"),
    [
        (Account("owner", "wrong"), (), 1045),
        (Account("locked", "x"), ("CREATE USER locked@'127.0.0.1' IDENTIFIED BY 'x' ACCOUNT LOCK",), 3118),
    ],
)
def test_login_that_is_refused(server: BareServer, account: Account, prepare: tuple[str, ...], error: int) -> None:
    """A login that the server denies lets nobody in."""
    server.run("DROP USER IF EXISTS locked@'127.0.0.1'", *prepare)
    assert Talk(server, account).log_in() == (Outcome.REFUSED, error)


def test_account_that_was_tried_too_often(server: BareServer) -> None:
    """An account can lock itself after wrong passwords."""
    server.run(
        "DROP USER IF EXISTS shut@'127.0.0.1'",
        "CREATE USER shut@'127.0.0.1' IDENTIFIED BY 'x' FAILED_LOGIN_ATTEMPTS 1 PASSWORD_LOCK_TIME 1",
    )
    wrong = [Talk(server, Account("shut", "wrong")).log_in() for _ in range(2)]
    assert wrong[-1] == (Outcome.REFUSED, 3955)


def test_account_s_limit(server: BareServer) -> None:
    """An account that used up its share is refused."""
    server.run("ALTER USER reader@'127.0.0.1' WITH MAX_CONNECTIONS_PER_HOUR 1")
    reader = Talk(server, READER)
    assert [reader.log_in(), Talk(server, READER).log_in()] == [ACKNOWLEDGED, (Outcome.REFUSED, 1226)]
    server.run("ALTER USER reader@'127.0.0.1' WITH MAX_CONNECTIONS_PER_HOUR 0")


@pytest.mark.parametrize(
    ("variable", "value", "error"),
    [
        ("offline_mode", "ON", 3032),
        ("require_secure_transport", "ON", 3159),
        ("max_connections", "1", 1040),
        ("max_user_connections", "1", 1203),
    ],
)
def test_server_that_lets_nobody_in(server: BareServer, variable: str, value: str, error: int) -> None:
    """A server that is closed, or full, refuses the login."""
    talks = [Talk(server), Talk(server)]
    with setting(server, variable, value):
        told = [talk.log_in() for talk in talks]
    for talk in talks:
        talk.conversation.drop()
    assert told[-1] == (Outcome.REFUSED, error)


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
