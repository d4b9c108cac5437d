"""One client's conversation with its server: it logs in, learns which server answered, asks, and records what came."""

from collections.abc import Callable, Mapping
from typing import Final

import pymysql

from hadrill.harness.evidence.clock import now_ns
from hadrill.harness.model.operation import NO_SERVER, Kind, Outcome
from hadrill.harness.workload.client_settings import ClientSettings
from hadrill.harness.workload.columns import Columns
from hadrill.harness.workload.connection import Connection, prepare, server_id_of
from hadrill.harness.workload.messages import Strange
from hadrill.harness.workload.outcome import Phase, number_of, rule
from hadrill.harness.workload.transactions import Transaction

_MOST_STRANGERS: Final = 20


class Conversation:
    """Connections of one client, one at a time, and the columns that it fills.

    Until a connection has said which server it leads to, operations carry the node that the port belongs to, or
    ``NO_SERVER`` where that is the address.
    """

    def __init__(
        self, settings: ClientSettings, columns: Columns, servers: Mapping[int, int], tell: Callable[[Strange], None]
    ) -> None:
        """Connect nothing yet.

        Args:
            settings: of the client.
            columns: where it records what it learned.
            servers: index by ``server_id``.
            tell: takes what has no place in what we know.
        """
        self._settings: Final = settings
        self._columns: Final = columns
        self._servers: Final = servers
        self._tell: Final = tell
        self._told: Final[set[tuple[int, str]]] = set()
        self._expected: Final = NO_SERVER if settings.server is None else settings.server
        self._server = self._expected
        self._connection: Connection | None = None

    def log_in(self) -> Connection:
        """Open a new connection; which server it leads to is not asked.

        Raises:
            Exception: whatever the driver raises, which on a mangled answer is any of Python's own errors.
        """
        settings = self._settings
        self._server = self._expected
        self._connection = prepare(
            settings.endpoint,
            settings.account,
            connect_timeout_s=settings.connect_timeout_s,
            request_timeout_s=settings.request_timeout_s,
        )
        self._connection.connect()
        return self._connection

    def learn_server(self, connection: Connection) -> None:
        """Ask a new connection which server it leads to; from then on requests have a limit of their own.

        Raises:
            Exception: as for ``log_in``.
        """
        server_id = server_id_of(connection)
        connection.limit_requests(self._settings.request_timeout_s)
        self._server = self._servers.get(server_id, NO_SERVER)
        if self._server == NO_SERVER or self._expected not in (NO_SERVER, self._server):
            self._report(0, f"server_id {server_id} answered, not the server that the settings name")

    def ask(self, connection: Connection, kind: Kind, statement: str, key: int = 0) -> bool:
        """Send a statement and record what became of it; True if it was acknowledged."""
        sent_ns = now_ns()
        try:
            connection.query(statement)
        except Exception as error:  # noqa: BLE001 - see log_in
            self.record_error(Phase.REQUEST, kind, sent_ns, error, key)
            return False
        self.record(kind, Outcome.ACKNOWLEDGED, sent_ns, now_ns(), key)
        return True

    def transact(self, connection: Connection, transaction: Transaction) -> bool:
        """Send a transaction and record what became of each of its rows; True if it was committed.

        The times are those of the statement that decided: the COMMIT, or the one before it that was refused.
        """
        phase = Phase.TRANSACTION
        sent_ns = now_ns()
        try:
            for statement in ("BEGIN", *transaction.statements):
                sent_ns = now_ns()
                connection.query(statement)
            phase, sent_ns = Phase.REQUEST, now_ns()
            connection.query("COMMIT")
        except Exception as error:  # noqa: BLE001 - see log_in
            self.record_error(phase, transaction.kind, sent_ns, error, *transaction.keys)
            return False
        received_ns = now_ns()
        for key in transaction.keys:
            self.record(transaction.kind, Outcome.ACKNOWLEDGED, sent_ns, received_ns, key)
        return True

    def look(self, connection: Connection, kind: Kind, query: str) -> bool:
        """Ask for numbers, one a row, and record each that was shown; True if they came.

        A look that failed is one operation without a number. A number below 0 has no place in the column and is
        recorded as 0.
        """
        sent_ns = now_ns()
        try:
            with connection.cursor() as cursor:
                cursor.execute(query)
                received_ns = now_ns()
                shown = [int(row[0]) for row in cursor.fetchall()]
        except Exception as error:  # noqa: BLE001 - see log_in
            self.record_error(Phase.REQUEST, kind, sent_ns, error)
            return False
        for number in shown:
            self.record(kind, Outcome.ACKNOWLEDGED, sent_ns, received_ns, max(0, number))
        return True

    def record_error(self, phase: Phase, kind: Kind, sent_ns: int, error: Exception, *keys: int) -> None:
        """Record an operation that ended, just now, with an error, once for each of its keys; strangers are reported.

        Args:
            phase: how far the client had come.
            kind: of the operation.
            sent_ns: when it left.
            error: what the driver raised.
            keys: of the rows that it was to write; none for a read.
        """
        received_ns = now_ns()
        number = number_of(error)
        ruling = rule(phase, number)
        if not ruling.known:
            said = str(error.args[-1]) if isinstance(error, pymysql.MySQLError) and error.args else repr(error)
            self._report(number, f"while in the {phase.value} phase: {said}")
        for key in keys or (0,):
            self.record(kind, ruling.outcome, sent_ns, received_ns, key, number)

    def record(
        self, kind: Kind, outcome: Outcome, sent_ns: int, received_ns: int, key: int = 0, error: int = 0
    ) -> None:
        """Record one operation."""
        self._columns.append(key, sent_ns, received_ns, self._server, error, kind, outcome)

    def drop(self) -> None:
        """Close the connection, if there is one, whatever state it is in."""
        if self._connection is not None:
            self._connection.drop()

    def cut(self) -> None:
        """From another thread: end a wait for an answer that does not come."""
        if (connection := self._connection) is not None:
            connection.cut()

    def _report(self, number: int, text: str) -> None:
        """Say it once, and not for ever: an error that keeps coming would drown the rest."""
        if (number, text) not in self._told and len(self._told) < _MOST_STRANGERS:
            self._told.add((number, text))
            secret = self._settings.password.get_secret_value()
            self._tell(Strange(self._settings.name, number, text.replace(secret, "***") if secret else text))
