"""The client that writes in transactions of several statements; what becomes of one, its COMMIT decides."""

from collections.abc import Iterator
from typing import Final

from hadrill.harness.workload.conversation import Conversation
from hadrill.harness.workload.kept import Kept
from hadrill.harness.workload.transactions import Transaction


class Transactor:
    """Keeps a connection and makes one transaction a beat over it.

    An error ends the connection, and with it, on the server, a transaction that was not committed.
    """

    def __init__(self, conversation: Conversation, transactions: Iterator[Transaction]) -> None:
        """Connect nothing yet."""
        self._conversation: Final = conversation
        self._kept: Final = Kept(conversation)
        self._transactions: Final = transactions

    def turn(self) -> None:
        """Try the next transaction."""
        transaction = next(self._transactions)
        connection = self._kept.connection(transaction.kind, *transaction.keys)
        if connection is not None and not self._conversation.transact(connection, transaction):
            self._kept.give_up()
