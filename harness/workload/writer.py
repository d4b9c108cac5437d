"""The client that writes: one row a beat, each under a key of its own that is never tried again."""

from typing import Final

from hadrill.harness.evidence.clock import now_ns
from hadrill.harness.model.operation import Kind
from hadrill.harness.workload.connection import Connection
from hadrill.harness.workload.outcome import Phase
from hadrill.harness.workload.rows import Rows
from hadrill.harness.workload.session import Session


class Writer:
    """Keeps a connection and writes over it: as writer, as witness, and without reconnection as stubborn client.

    A row whose connection could not be had is a refused write: it never left.
    """

    def __init__(self, session: Session, rows: Rows, *, reconnects: bool) -> None:
        """Write nothing yet; without ``reconnects`` the first connection is kept for good, broken or not."""
        self._session: Final = session
        self._rows: Final = rows
        self._reconnects: Final = reconnects
        self._connection: Connection | None = None

    def turn(self) -> None:
        """Try to write the next row."""
        key, statement = next(self._rows)
        connection = self._connection or self._connect(key)
        if connection is None or self._session.ask(connection, Kind.WRITE, statement, key):
            return
        if self._reconnects:
            self._session.drop()
            self._connection = None

    def _connect(self, key: int) -> Connection | None:
        sent_ns = now_ns()
        try:
            connection = self._session.log_in()
            self._session.learn_server(connection)
        except Exception as error:  # noqa: BLE001 - see Session.log_in
            self._session.record_error(Phase.CONNECT, Kind.WRITE, sent_ns, error, key)
            self._session.drop()
            return None
        self._connection = connection
        return connection
