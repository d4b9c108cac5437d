"""Ways to have a real server refuse, end or garble what a client asks of it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final

from pymysql.constants import COMMAND

from hadrill.harness.model.instance import Account
from hadrill.harness.wait import NotYet, until
from hadrill.harness.workload.connection import Connection
from hadrill.harness.workload.outcome import Phase, number_of, rule
from hadrill.harness.workload.tests.bare_server import OWNER, BareServer
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


def beside_the_only_one(server: BareServer) -> Told:
    """A login where there is room for one session, which is there; one from before may take a moment to go."""
    talk = Talk(server)
    until(lambda: (told := talk.log_in()) == ACKNOWLEDGED or NotYet(str(told)), "the first login", timeout_s=10)
    told = logins(OWNER)(server)
    talk.conversation.drop()
    return told


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


class Garbled(Connection):
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


def killed(server: BareServer, talk: Talk) -> None:
    """An administrator ends the session."""
    server.run(f"KILL {talk.id}")
