"""Selections of operations that several checks share; whole columns at a time, never one operation."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from hadrill.harness.model.history import History
from hadrill.harness.model.operation import Kind, Operations, Outcome, Way

MOST_KEYS: Final = 100
"""As many keys as a finding shows."""

Mask = NDArray[np.bool_]


def acknowledged_writes(history: History, *ways: Way) -> Operations:
    """Writes that were acknowledged, over any of those ways; over every way where none is named."""
    operations = history.operations
    mask = (operations["kind"] == Kind.WRITE) & (operations["outcome"] == Outcome.ACKNOWLEDGED)
    if ways:
        mask &= np.isin(operations["way"], ways)
    selected: Operations = operations[mask]
    return selected


def customers_writes(history: History) -> Operations:
    """Writes over the address, of whatever outcome, by clients that connect again after an error."""
    operations = history.operations
    mask = (operations["kind"] == Kind.WRITE) & (operations["way"] == Way.ADDRESS) & by(history, reconnecting=True)
    selected: Operations = operations[mask]
    return selected


def by(history: History, *, reconnecting: bool) -> Mask:
    """Which operations are those of clients that reconnect, or of those that do not."""
    answer = np.array([client.reconnects is reconnecting for client in history.roster.clients], dtype=np.bool_)
    mask: Mask = answer[history.operations["client"]]
    return mask


def among(keys: NDArray[np.uint64], others: NDArray[np.uint64]) -> Mask:
    """Which of the keys are among the others.

    Looked up in order of the keys, so that ten million of them stay within the processor's caches.
    """
    if not len(others):
        return np.zeros(len(keys), dtype=np.bool_)
    order = np.argsort(keys, kind="stable")
    wanted = keys[order]
    sought = np.sort(others)
    places = np.minimum(np.searchsorted(sought, wanted), len(sought) - 1)
    mask = np.empty(len(keys), dtype=np.bool_)
    mask[order] = sought[places] == wanted
    return mask


def some_keys(operations: Operations) -> tuple[int, ...]:
    """The smallest keys of the operations, for a finding; reads and logins have none."""
    return smallest(operations["key"][operations["key"] != 0])


def smallest(keys: NDArray[np.uint64]) -> tuple[int, ...]:
    """The smallest keys, in order; no more than a finding shows."""
    if len(keys) > MOST_KEYS:
        keys = np.partition(keys, MOST_KEYS)[:MOST_KEYS]
    return tuple(int(key) for key in np.sort(keys))
