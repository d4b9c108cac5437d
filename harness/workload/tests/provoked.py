"""How each error that the ledger classifies is provoked on a real server; those that cannot be, and why."""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final

from pymysql.constants import COMMAND

from hadrill.harness.model.instance import Account
from hadrill.harness.wait import NotYet, until
from hadrill.harness.workload.connection import Connection
from hadrill.harness.workload.outcome import Phase, number_of, rule
from hadrill.harness.workload.tests.bare_server import OWNER, READER, BareServer
from hadrill.harness.workload.tests.talk import (
    ACKNOWLEDGED,
    INSERT,
    INSERT_ANOTHER,
    Talk,
    Told,
    setting,
    wait_for_state,
)

Provoke = Callable[[BareServer], Told]
"""What a client was told last; the server is as it was afterwards."""

LOCAL: Final = "@'127.0.0.1'"


def asked(*statements: str, account: Account = OWNER) -> Provoke:
    """The last of one session's statements."""

    def provoke(server: BareServer) -> Told:
        talk = Talk(server, account)
        told = [talk.ask(statement) for statement in statements]
        talk.conversation.drop()
        return told[-1]

    return provoke


def with_setting(variable: str, value: str, provoke: Provoke) -> Provoke:
    """While the server is set so."""

    def while_set(server: BareServer) -> Told:
        with setting(server, variable, value):
            return provoke(server)

    return while_set


def around(before: str, provoke: Provoke, after: str) -> Provoke:
    """Between two statements of the administrator's."""

    def between(server: BareServer) -> Told:
        server.run(before)
        told = provoke(server)
        server.run(after)
        return told

    return between


def logins(*accounts: Account) -> Provoke:
    """The last of these logins, while those before it are still there."""

    def provoke(server: BareServer) -> Told:
        talks = [Talk(server, account) for account in accounts]
        told = [talk.log_in() for talk in talks]
        for talk in talks:
            talk.conversation.drop()
        return told[-1]

    return provoke


def on_an_open_connection(change: Callable[[BareServer, Talk], Any], times: int = 1) -> Provoke:
    """A write, or another one after it, on a session that something happened to."""

    def provoke(server: BareServer) -> Told:
        talk = Talk(server)
        talk.log_in()
        change(server, talk)
        told = [talk.ask() for _ in range(times)]
        talk.conversation.drop()
        return told[-1]

    return provoke


def while_waiting(change: Callable[[BareServer, Talk], Any]) -> Provoke:
    """A write that waits for a lock while something happens."""

    def provoke(server: BareServer) -> Told:
        holder, talk = Talk(server), Talk(server)
        assert [holder.ask("BEGIN"), holder.ask(), talk.ask("SELECT 1")] == [ACKNOWLEDGED] * 3
        with ThreadPoolExecutor() as pool:
            waiting = pool.submit(talk.ask)
            wait_for_state(server, talk, "update")
            change(server, talk)
            told = waiting.result()
        for each in (holder, talk):
            each.conversation.drop()
        return told

    return provoke


def deadlock(server: BareServer) -> Told:
    """Of two transactions that wait for each other, what the one is told that is rolled back."""
    one, other = Talk(server), Talk(server)
    for each, insert in ((one, INSERT), (other, INSERT_ANOTHER)):
        assert [each.ask("BEGIN"), each.ask(insert)] == [ACKNOWLEDGED] * 2
    with ThreadPoolExecutor() as pool:
        waiting = pool.submit(one.ask, INSERT_ANOTHER)
        wait_for_state(server, one, "update")
        told = {other.ask(INSERT)}
        other.ask("ROLLBACK")
        told.add(waiting.result())
    one.ask("ROLLBACK")
    (refused,) = told - {ACKNOWLEDGED}
    return refused


def full_table(server: BareServer) -> Told:
    """A table in memory that has room for few rows."""
    server.run("SET SESSION max_heap_table_size = 16384", "CREATE TABLE d.small (body CHAR(250)) ENGINE = MEMORY")
    talk = Talk(server)
    told = [talk.ask("INSERT INTO d.small VALUES ('x')") for _ in range(300)]
    ((count,),) = server.run("SELECT COUNT(*) FROM d.small")
    assert told.count(ACKNOWLEDGED) == count
    return told[-1]


def stopped_and_started(server: BareServer, _: Talk) -> None:
    """An orderly shutdown; the client is told while it goes on."""
    server.run("SHUTDOWN")


def shut_down(server: BareServer) -> Told:
    """A statement that waits is told of the shutdown."""
    told = while_waiting(stopped_and_started)(server)
    server.wait_for_end()
    server.restart()
    return told


def in_a_storage_engine_that_only_reads(statement: str) -> Provoke:
    """On a server that was started so; its logs could not be written either."""

    def provoke(server: BareServer) -> Told:
        server.run("SHUTDOWN")
        server.wait_for_end()
        server.restart("--innodb-read-only=ON", "--skip-log-bin")
        told = asked(statement)(server)
        server.kill()
        server.restart()
        return told

    return provoke


def in_a_group(statement: str) -> Provoke:
    """On a server that is a group of one; there are reasons of a plugin's own to refuse a write."""

    def provoke(server: BareServer) -> Told:
        server.run("CREATE TABLE d.m (id INT) ENGINE = MyISAM")
        with server.group_of_one():
            return asked(statement)(server)

    return provoke


class _Garbled(Connection):
    """Says something else where its login is due."""

    def _request_authentication(self) -> None:
        self.write_packet(b"\0")
        self._read_packet()  # type: ignore[no-untyped-call]  # the stubs leave it out


def connected(kind: type[Connection] = Connection, port: int = 0, **how: Any) -> Provoke:
    """A login over a connection of another kind."""

    def provoke(server: BareServer) -> Told:
        return told_of(
            Phase.CONNECT,
            lambda: kind(
                host="127.0.0.1", port=port or server.endpoint.port, user=OWNER.user, password=OWNER.password, **how
            ),
        )

    return provoke


def out_of_step(server: BareServer) -> Told:
    """The driver expects another answer than the one that comes next."""
    connection = Connection(
        host="127.0.0.1", port=server.endpoint.port, user=OWNER.user, password=OWNER.password, ssl_disabled=True
    )
    connection._execute_command(COMMAND.COM_QUERY, "SELECT 1")  # type: ignore[attr-defined]
    told = told_of(Phase.REQUEST, connection._read_ok_packet)  # type: ignore[attr-defined]
    connection.drop()
    return told


def told_of(phase: Phase, attempt: Callable[[], Any]) -> Told:
    """As the clients tell it, of what the driver raises."""
    try:
        attempt()
    except Exception as error:  # noqa: BLE001 - as the clients do
        number = number_of(error)
        return rule(phase, number).outcome, number
    return ACKNOWLEDGED


def idle_for_too_long(server: BareServer, talk: Talk) -> None:
    """The server ends a session that says nothing."""
    assert talk.ask("SET SESSION wait_timeout = 1") == ACKNOWLEDGED

    def gone() -> bool | NotYet:
        sessions = [row[0] for row in server.run("SHOW PROCESSLIST")]
        return talk.id not in sessions or NotYet(f"{sessions}")

    until(gone, "the session to be ended", timeout_s=10)


def _killed(server: BareServer, talk: Talk) -> None:
    server.run(f"KILL {talk.id}")


PROVOKED: Final[Mapping[int, Provoke]] = {
    # refuses the statement
    0: on_an_open_connection(_killed, times=2),
    1036: in_a_storage_engine_that_only_reads("TRUNCATE d.t"),
    1044: asked("INSERT INTO information_schema.tables VALUES (1)"),
    1046: asked("INSERT INTO t VALUES (1)"),
    1049: asked("INSERT INTO gone.t VALUES (1)"),
    1114: with_setting("max_heap_table_size", "16384", full_table),
    1142: asked(INSERT, account=READER),
    1143: around(
        f"GRANT INSERT (id) ON d.t TO reader{LOCAL}",
        asked("INSERT INTO d.t (id, body) VALUES (1, 'x')", account=READER),
        f"REVOKE INSERT (id) ON d.t FROM reader{LOCAL}",
    ),
    1146: asked("INSERT INTO d.gone VALUES (1)"),
    1205: with_setting("innodb_lock_wait_timeout", "1", while_waiting(lambda *_: None)),
    1213: deadlock,
    1223: asked("FLUSH TABLES WITH READ LOCK", INSERT),
    1226: around(
        f"ALTER USER reader{LOCAL} WITH MAX_CONNECTIONS_PER_HOUR 1",
        logins(READER, READER),
        f"ALTER USER reader{LOCAL} WITH MAX_CONNECTIONS_PER_HOUR 0",
    ),
    1227: asked("SET GLOBAL sync_binlog = 0"),
    1290: with_setting("read_only", "ON", asked(INSERT)),
    1792: asked("SET SESSION TRANSACTION READ ONLY", INSERT),
    1836: in_a_storage_engine_that_only_reads("CREATE TABLE d.u (id INT PRIMARY KEY)"),
    3098: in_a_group("INSERT INTO d.m VALUES (1)"),
    3989: around("ALTER SCHEMA d READ ONLY = 1", asked(INSERT), "ALTER SCHEMA d READ ONLY = 0"),
    # leaves it open
    1053: shut_down,
    1317: while_waiting(lambda server, talk: server.run(f"KILL QUERY {talk.id}")),
    2006: on_an_open_connection(lambda _, talk: talk.conversation.cut()),
    2013: on_an_open_connection(_killed),
    2014: out_of_step,
    3100: in_a_group("INSERT INTO d.t VALUES (1, REPEAT('x', 5000))"),
    # closes the door
    1040: with_setting("max_connections", "1", logins(OWNER, OWNER)),
    1043: connected(_Garbled),
    1045: logins(Account("owner", "wrong")),
    1130: connected(bind_address="127.0.0.2"),
    1203: with_setting("max_user_connections", "1", logins(OWNER, OWNER)),
    1698: around(
        f"CREATE USER by_socket{LOCAL} IDENTIFIED WITH auth_socket",
        logins(Account("by_socket", "x")),
        f"DROP USER by_socket{LOCAL}",
    ),
    2003: connected(port=1),
    3032: with_setting("offline_mode", "ON", logins(OWNER)),
    3118: around(
        f"CREATE USER locked{LOCAL} IDENTIFIED BY 'x' ACCOUNT LOCK",
        logins(Account("locked", "x")),
        f"DROP USER locked{LOCAL}",
    ),
    3159: with_setting("require_secure_transport", "ON", logins(OWNER)),
    3955: around(
        f"CREATE USER shut{LOCAL} IDENTIFIED BY 'x' FAILED_LOGIN_ATTEMPTS 1 PASSWORD_LOCK_TIME 1",
        logins(*[Account("shut", "wrong")] * 2),
        f"DROP USER shut{LOCAL}",
    ),
}

UNASKED: Final = "sent unasked when the server ends a session; the driver tells it as 2013"
NOBODY_LEFT: Final = "for the server's own log: there is no connection left that it could be sent over"

NOT_PROVOKED: Final[Mapping[int, str]] = {
    1077: NOBODY_LEFT,
    1079: NOBODY_LEFT,
    1129: "the servers keep no cache of hosts, so that none is ever blocked (engines/mysql/options.py)",
    1152: NOBODY_LEFT,
    1158: NOBODY_LEFT,
    1159: NOBODY_LEFT,
    1160: NOBODY_LEFT,
    1161: NOBODY_LEFT,
    1180: "needs a storage engine that fails within its commit: a broken disk",
    1184: NOBODY_LEFT,
    1927: "MariaDB's",
    2027: "PyMySQL has no such check; other drivers raise it",
    2055: "PyMySQL tells 2013 instead; other drivers raise it",
    3101: "needs a group of several primaries whose transactions conflict between commit and certification",
    3169: UNASKED,
    4031: UNASKED,
}

TOLD_OTHERWISE: Final[Mapping[int, Provoke]] = {
    3169: on_an_open_connection(_killed),
    4031: on_an_open_connection(idle_for_too_long),
}
"""What is sent unasked, and how the driver tells it."""
