"""The client that looks: which is the newest row of each writer that a server shows, and what do the accounts hold?"""

from collections.abc import Sequence
from typing import Final

from hadrill.harness.model.operation import Kind
from hadrill.harness.workload.accounts import accounts_beside, summing
from hadrill.harness.workload.conversation import Conversation
from hadrill.harness.workload.kept import Kept


class Reader:
    """Keeps a connection and looks once a beat; one moment shows all writers, since one statement asks for them."""

    def __init__(self, conversation: Conversation, newest: str, total: str, *, total_every: int) -> None:
        """Look at nothing yet.

        Args:
            conversation: of the client.
            newest: asks for a key of each writer.
            total: asks for the sum of all accounts.
            total_every: asked for every so many looks; 0 never.
        """
        self._conversation: Final = conversation
        self._kept: Final = Kept(conversation)
        self._newest: Final = newest
        self._total: Final = total
        self._total_every: Final = total_every
        self._looks = 0

    def turn(self) -> None:
        """Look once."""
        connection = self._kept.connection(Kind.SEEN)
        if connection is None:
            return
        seen = self._conversation.look(connection, Kind.SEEN, self._newest)
        self._looks += 1
        if seen and self._total_every and self._looks % self._total_every == 0:
            seen = self._conversation.look(connection, Kind.TOTAL, self._total)
        if not seen:
            self._kept.give_up()


def asking_for_newest(table: str, keys: Sequence[range]) -> str:
    """The statement that asks for the largest key within each of these; 0 where there is none."""
    return " UNION ALL ".join(
        f"SELECT COALESCE(MAX(id), 0) FROM {table} WHERE id BETWEEN {own.start} AND {own.stop - 1}"  # noqa: S608 - a checked name
        for own in keys
    )


def asking_for_total(table: str) -> str:
    """The statement that asks for the sum of the accounts beside that ledger."""
    return summing(accounts_beside(table))
