"""The client that knocks: logs in, and where it is let in reads a row, writes one if it is to, and leaves."""

import contextlib
from typing import Final

from hadrill.harness.evidence.clock import now_ns
from hadrill.harness.model.operation import Kind, Outcome
from hadrill.harness.workload.connection import Connection
from hadrill.harness.workload.conversation import Conversation
from hadrill.harness.workload.outcome import Phase
from hadrill.harness.workload.rows import Rows


class Visitor:
    """Makes a whole visit each beat: a LOGIN, and where that was let in a READ and, unless it only reads, a WRITE."""

    def __init__(self, conversation: Conversation, rows: Rows, *, writes: bool = True) -> None:
        self._conversation: Final = conversation
        self._writes: Final = writes
        self._rows: Final = rows

    def turn(self) -> None:
        """Make one visit."""
        connection = self._log_in()
        if connection is not None and connection.open:
            self._conversation.ask(connection, Kind.READ, self._rows.reading)
        if self._writes and connection is not None and connection.open:
            key, statement = next(self._rows)
            self._conversation.ask(connection, Kind.WRITE, statement, key)
        self._conversation.drop()

    def _log_in(self) -> Connection | None:
        sent_ns = now_ns()
        try:
            connection = self._conversation.log_in()
        except Exception as error:  # noqa: BLE001 - see Conversation.log_in
            self._conversation.record_error(Phase.CONNECT, Kind.LOGIN, sent_ns, error)
            return None
        received_ns = now_ns()
        # It was let in, even if this next answer never comes; the read after it will tell.
        with contextlib.suppress(Exception):
            self._conversation.learn_server(connection)
        self._conversation.record(Kind.LOGIN, Outcome.ACKNOWLEDGED, sent_ns, received_ns)
        return connection
