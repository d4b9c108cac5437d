"""Whose row a key is: clients count their keys up, each in a range of its own."""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from hadrill.harness.checks.columns import WRITES, are
from hadrill.harness.model.history import History
from hadrill.harness.model.operation import Outcome


@dataclass(frozen=True, slots=True)
class Authors:
    """The clients that tried to write, in order of their keys.

    Attributes:
        first_keys: the smallest key of each, ascending.
        clients: their numbers, in the same order.
    """

    first_keys: NDArray[np.uint64]
    clients: NDArray[np.int64]

    @classmethod
    def of(cls, history: History) -> Self:
        """Of a history: from every key that was tried, whatever came of it."""
        writes = are(history.operations, WRITES)
        clients, keys = history.operations["client"][writes], history.operations["key"][writes]
        smallest = np.full(len(history.roster.clients), np.iinfo(np.uint64).max, dtype=np.uint64)
        np.minimum.at(smallest, clients, keys)
        numbers = np.flatnonzero(np.bincount(clients, minlength=len(smallest)))
        order = np.argsort(smallest[numbers])
        return cls(smallest[numbers][order], numbers[order])

    def who(self, keys: NDArray[np.uint64]) -> NDArray[np.int64]:
        """Each key's client: the last one whose keys begin at or below it."""
        places = np.searchsorted(self.first_keys, keys, side="right") - 1
        found: NDArray[np.int64] = self.clients[np.maximum(places, 0)]
        return found


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """What one client was acknowledged, over whatever way.

    Attributes:
        keys: ascending.
        since_ns: when the first of this and all later keys was acknowledged.
    """

    keys: NDArray[np.uint64]
    since_ns: NDArray[np.int64]

    def waiting_ns(self, shown: NDArray[np.uint64], at_ns: NDArray[np.int64]) -> NDArray[np.int64]:
        """For how long the oldest row beyond the newest one shown had been acknowledged at those times; 0 for none."""
        places = np.searchsorted(self.keys, shown, side="right")
        since_ns = np.append(self.since_ns, np.iinfo(np.int64).max)[places]
        waited: NDArray[np.int64] = np.where(since_ns < at_ns, at_ns - np.minimum(since_ns, at_ns), 0)
        return waited


def acknowledged_by(history: History) -> dict[int, Acknowledged]:
    """What each client was acknowledged, by its number."""
    writes = are(history.operations, WRITES, Outcome.ACKNOWLEDGED)
    clients, keys = history.operations["client"][writes], history.operations["key"][writes]
    received_ns = history.operations["received_ns"][writes]
    found = {}
    for client in np.unique(clients).tolist():
        own = clients == client
        order = np.argsort(keys[own], kind="stable")
        since_ns = np.minimum.accumulate(received_ns[own][order][::-1])[::-1]
        found[client] = Acknowledged(keys[own][order], since_ns)
    return found
