"""A client's connection that is kept from beat to beat, and made anew after an error."""

from typing import Final

from hadrill.harness.evidence.clock import now_ns
from hadrill.harness.model.operation import Kind
from hadrill.harness.workload.connection import Connection
from hadrill.harness.workload.conversation import Conversation
from hadrill.harness.workload.outcome import Phase


class Kept:
    """The one connection of a client that does not log in for each request."""

    def __init__(self, conversation: Conversation, *, reconnects: bool = True) -> None:
        """Connect nothing yet; without ``reconnects`` the first connection is kept for good, broken or not."""
        self._conversation: Final = conversation
        self._reconnects: Final = reconnects
        self._connection: Connection | None = None

    def connection(self, kind: Kind, *keys: int) -> Connection | None:
        """The connection, new if need be.

        Args:
            kind: of the operation that it is for.
            keys: of that operation.

        Returns:
            None where it could not be had; then the operation, which never left, is on record as refused.
        """
        return self._connection or self._connect(kind, keys)

    def give_up(self) -> None:
        """After an error: the next request gets a new connection, if this client reconnects."""
        if self._reconnects:
            self._conversation.drop()
            self._connection = None

    def _connect(self, kind: Kind, keys: tuple[int, ...]) -> Connection | None:
        sent_ns = now_ns()
        try:
            connection = self._conversation.log_in()
            self._conversation.learn_server(connection)
        except Exception as error:  # noqa: BLE001 - see Conversation.log_in
            self._conversation.record_error(Phase.CONNECT, kind, sent_ns, error, *keys)
            self._conversation.drop()
            return None
        self._connection = connection
        return connection
