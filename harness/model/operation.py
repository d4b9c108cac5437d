"""Operations as columns: what each client learned of each thing it tried."""

from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray


class Outcome(IntEnum):
    """What a client knows of an operation afterwards.

    An indeterminate write may be there or not; it is never retried under the same key and never counted as lost.
    """

    ACKNOWLEDGED = 1
    REFUSED = 2
    INDETERMINATE = 3


class Kind(IntEnum):
    """What was tried."""

    WRITE = 1  # one row with a key of its own
    READ = 2
    LOGIN = 3
    SEEN = 4  # a reader was shown this row as the newest of its writer; key 0: none yet
    TOTAL = 5  # a reader added up all accounts; the key column holds the sum
    TRANSFER = 6  # a transaction that moves money between accounts and writes one row with a key of its own


class Way(IntEnum):
    """Over which way the server was reached.

    Attributes:
        ADDRESS: as a customer does.
        NODE: the node's own port, over the client's network (a link that faults cut).
        RACK: the node's own port from beside it, past every link: what a cut-off server does to its neighbours.
        READ_ONLY: the address of a read-only instance.
        RECOVERY: the address of a disaster-recovery instance, before and after it is promoted.
    """

    ADDRESS = 1
    NODE = 2
    RACK = 3
    READ_ONLY = 4
    RECOVERY = 5


OPERATION = np.dtype(
    [
        ("key", "<u8"),  # unique for writes and transfers; what was seen for reads that look at something; else 0
        ("sent_ns", "<i8"),  # monotonic clock, just before the request left
        ("received_ns", "<i8"),  # monotonic clock, when the answer or the error was there
        ("client", "<u2"),  # index into Roster.clients
        ("server", "<u2"),  # index into Roster.servers; NO_SERVER where it was never learned
        ("error", "<u2"),  # MySQL error number, 0 if none
        ("kind", "u1"),
        ("way", "u1"),
        ("outcome", "u1"),
    ]
)
NO_SERVER = 0xFFFF

Operations = NDArray[Any]
"""A one-dimensional array of dtype ``OPERATION``, in no particular order."""


@dataclass(frozen=True, slots=True)
class Client:
    """One client of the workload.

    Attributes:
        name: ``writer-1``, ``witness-a1``, ``visitor-a1-owner``, ``stubborn``.
        account: the user it connects as.
        reconnects: False for the client that shows what happens without a reconnection (SW-7).
    """

    name: str
    way: Way
    account: str
    reconnects: bool = True


@dataclass(frozen=True, slots=True)
class Roster:
    """What the small numbers in the columns stand for.

    Attributes:
        clients: indexed by the ``client`` column.
        servers: node names, indexed by the ``server`` column.
    """

    clients: tuple[Client, ...]
    servers: tuple[str, ...]


def no_operations() -> Operations:
    """An empty array of the right type."""
    return np.empty(0, dtype=OPERATION)
