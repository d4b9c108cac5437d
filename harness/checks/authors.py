"""Whose row a key is: clients count their keys up, each in a range of its own."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from hadrill.harness.checks.columns import WRITES, are
from hadrill.harness.checks.groups import Groups
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
    clients: NDArray[np.uint16]

    @classmethod
    def of(cls, history: History) -> Self:
        """Of a history: from every key that was tried, whatever came of it."""
        writes = are(history.operations, WRITES)
        clients, keys = history.operations["client"][writes], history.operations["key"][writes]
        groups = Groups.of(clients)
        first_keys = groups.smallest(keys)
        order = np.argsort(first_keys)
        return cls(first_keys[order], groups.numbers[order])

    def who(self, keys: NDArray[np.uint64]) -> NDArray[np.uint16]:
        """Each key's client: the last one whose keys begin at or below it."""
        places = np.searchsorted(self.first_keys, keys, side="right") - 1
        found: NDArray[np.uint16] = self.clients[np.maximum(places, 0)]
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


def acknowledged_by(history: History, clients: Iterable[int]) -> dict[int, Acknowledged]:
    """What each of these clients was acknowledged, by its number."""
    writes = are(history.operations, WRITES, Outcome.ACKNOWLEDGED)
    client, key, received_ns = (history.operations[name][writes] for name in ("client", "key", "received_ns"))
    return {number: _in_order(key[client == number], received_ns[client == number]) for number in clients}


def _in_order(keys: NDArray[np.uint64], received_ns: NDArray[np.int64]) -> Acknowledged:
    order = np.argsort(keys, kind="stable")
    return Acknowledged(keys.take(order), np.minimum.accumulate(received_ns.take(order)[::-1])[::-1])
