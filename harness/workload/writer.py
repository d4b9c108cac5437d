"""The client that writes: one row a beat, each under a key of its own that is never tried again."""

from typing import Final

from hadrill.harness.model.operation import Kind
from hadrill.harness.workload.conversation import Conversation
from hadrill.harness.workload.kept import Kept
from hadrill.harness.workload.rows import Rows


class Writer:
    """Keeps a connection and writes over it: as writer, as witness, and without reconnection as stubborn client.

    A row whose connection could not be had is a refused write: it never left.
    """

    def __init__(self, conversation: Conversation, rows: Rows, *, reconnects: bool) -> None:
        """Write nothing yet; without ``reconnects`` the first connection is kept for good, broken or not."""
        self._conversation: Final = conversation
        self._kept: Final = Kept(conversation, reconnects=reconnects)
        self._rows: Final = rows

    def turn(self) -> None:
        """Try to write the next row."""
        key, statement = next(self._rows)
        connection = self._kept.connection(Kind.WRITE, key)
        if connection is not None and not self._conversation.ask(connection, Kind.WRITE, statement, key):
            self._kept.give_up()
