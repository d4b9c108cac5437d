"""The client that writes: one row a beat, each under a key of its own that is never tried again."""

from typing import Final

from hadrill.harness.evidence.clock import now_ns
from hadrill.harness.model.operation import Kind
from hadrill.harness.workload.connection import Connection
from hadrill.harness.workload.conversation import Conversation
from hadrill.harness.workload.outcome import Phase
from hadrill.harness.workload.rows import Rows


class Writer:
    """Keeps a connection and writes over it: as writer, as witness, and without reconnection as stubborn client.

    A row whose connection could not be had is a refused write: it never left.
    """

    def __init__(self, conversation: Conversation, rows: Rows, *, reconnects: bool) -> None:
        """Write nothing yet; without ``reconnects`` the first connection is kept for good, broken or not."""
        self._conversation: Final = conversation
        self._rows: Final = rows
        self._reconnects: Final = reconnects
        self._connection: Connection | None = None

    def turn(self) -> None:
        """Try to write the next row."""
        key, statement = next(self._rows)
        connection = self._connection or self._connect(key)
        if connection is None or self._conversation.ask(connection, Kind.WRITE, statement, key):
            return
        if self._reconnects:
            self._conversation.drop()
            self._connection = None

    def _connect(self, key: int) -> Connection | None:
        sent_ns = now_ns()
        try:
            connection = self._conversation.log_in()
            self._conversation.learn_server(connection)
        except Exception as error:  # noqa: BLE001 - see Conversation.log_in
            self._conversation.record_error(Phase.CONNECT, Kind.WRITE, sent_ns, error, key)
            self._conversation.drop()
            return None
        self._connection = connection
        return connection
