"""Selections of operations that several checks share; whole columns at a time, never one operation."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from hadrill.harness.model.history import History
from hadrill.harness.model.operation import NO_SERVER, Kind, Operations, Outcome, Way

WRITES: Final = (Kind.WRITE, Kind.TRANSFER)
"""Kinds that put a row with a key of its own into the ledger."""

MOST_KEYS: Final = 100
"""As many keys as a finding shows."""

Mask = NDArray[np.bool_]


def are(
    operations: Operations,
    kind: Kind | tuple[Kind, ...] | None = None,
    outcome: Outcome | None = None,
    way: Way | None = None,
) -> Mask:
    """Which operations are of that kind, or one of those, had that outcome and took that way; as far as given."""
    mask = np.ones(len(operations), dtype=np.bool_)
    if kind is not None:
        kinds = (kind,) if isinstance(kind, Kind) else kind
        mask &= np.logical_or.reduce([operations["kind"] == each for each in kinds])
    for column, value in (("outcome", outcome), ("way", way)):
        if value is not None:
            mask &= operations[column] == value
    return mask


def select(operations: Operations, mask: Mask) -> Operations:
    """Those operations; ``operations[mask]`` says the same and takes five times as long for rows of 33 bytes."""
    selected: Operations = operations.compress(mask)
    return selected


def acknowledged_writes(history: History, way: Way | None = None) -> Operations:
    """Writes and transfers that were acknowledged, over that way.

    Where none is given, over every way to the instance's own servers; a disaster-recovery instance has others.
    """
    mask = are(history.operations, WRITES, Outcome.ACKNOWLEDGED, way)
    if way is None:
        mask &= history.operations["way"] != Way.RECOVERY
    return select(history.operations, mask)


def customers_writes(history: History) -> Operations:
    """Writes and transfers over the address, of whatever outcome, by clients that connect again after an error."""
    reconnects = np.array([client.reconnects for client in history.roster.clients], dtype=np.bool_)
    mask = are(history.operations, WRITES, way=Way.ADDRESS) & reconnects[history.operations["client"]]
    return select(history.operations, mask)


def last_server(writes: Operations, at_ns: int) -> int:
    """Who acknowledged the last of these writes up to a time; ``NO_SERVER`` where nobody did."""
    before = select(writes, writes["received_ns"] <= at_ns)
    return int(before["server"][before["received_ns"].argmax()]) if len(before) else NO_SERVER


def read_only_servers(history: History) -> tuple[int, ...]:
    """Numbers of the servers that were reached over the address of a read-only instance."""
    servers = history.operations["server"][are(history.operations, way=Way.READ_ONLY)]
    return tuple(server for server in numbers_in(servers) if server != NO_SERVER)


def numbers_in(column: NDArray[np.uint16]) -> list[int]:
    """Which clients or servers a column names, ascending."""
    return np.flatnonzero(np.bincount(column)).tolist()


def distinct(keys: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Each key once, in order; ``np.unique`` of keys that hardly repeat takes many times as long."""
    keys = np.sort(keys)
    return keys[np.append(True, keys[1:] != keys[:-1])] if len(keys) else keys


def difference(keys: NDArray[np.uint64], others: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """The keys that are not among the others, in order.

    Both are sorted first and looked up in order, so that ten million of them are compared within a second.
    """
    keys, others = np.sort(keys), np.sort(others, kind="stable")  # what was read back is in order already
    places = np.searchsorted(others, keys)
    found = places < len(others)
    found[found] = others[places[found]] == keys[found]
    return keys[~found]


def some_keys(operations: Operations) -> tuple[int, ...]:
    """The smallest keys of the operations, for a finding; reads and logins have none."""
    return smallest(operations["key"][operations["key"] != 0])


def smallest(keys: NDArray[np.uint64]) -> tuple[int, ...]:
    """The smallest keys, in order; no more than a finding shows."""
    if len(keys) > MOST_KEYS:
        keys = np.partition(keys, MOST_KEYS)[:MOST_KEYS]
    return tuple(int(key) for key in np.sort(keys))
