"""One conversation with a server, for a test to lead, and what the tests look at beside it."""

from collections.abc import Iterator
from contextlib import contextmanager

from hadrill.harness.model.instance import Account
from hadrill.harness.model.operation import Kind, Outcome, Way
from hadrill.harness.wait import NotYet, until
from hadrill.harness.workload.columns import Columns
from hadrill.harness.workload.connection import Connection
from hadrill.harness.workload.conversation import Conversation
from hadrill.harness.workload.outcome import Phase
from hadrill.harness.workload.tests.bare_server import OWNER, BareServer
from hadrill.harness.workload.tests.load_settings import client

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
