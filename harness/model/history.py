"""All that was recorded in one scenario, in the shape that the checks read."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from hadrill.harness.model.difference import Difference
from hadrill.harness.model.fault import FaultRecord
from hadrill.harness.model.operation import Operations, Roster


@dataclass(frozen=True, slots=True)
class SwitchRecord:
    """A switch that the drill asked for; times on the monotonic clock."""

    asked_ns: int
    finished_ns: int | None


@dataclass(frozen=True, slots=True)
class Stall:
    """A time in which a load process itself did not run as it should; part of the measures' uncertainty."""

    process: str
    began_ns: int
    length_ns: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two servers compared row by row after the load had stopped.

    Attributes:
        left, right: node names.
        tables, rows: how many were compared; rows counts those of the larger side.
        differences: at most a hundred.
    """

    left: str
    right: str
    tables: int
    rows: int
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class Sighting:
    """A server seen writable or not, past every link, by the judge itself."""

    node: str
    at_ns: int
    writable: bool


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The rows that a server, or the instance through its address, held at one moment.

    Attributes:
        place: a node's name, or ``address``.
        at_ns: monotonic clock when the reading began.
        keys: sorted.
    """

    place: str
    at_ns: int
    keys: NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class ShownLag:
    """The lag of a disaster-recovery instance as the service showed it (DR-13).

    Attributes:
        asked_ns, shown_ns: monotonic clock when it was asked for, and when the answer was there.
        lag_s: seconds; None where the service showed none.
    """

    asked_ns: int
    shown_ns: int
    lag_s: float | None


@dataclass(frozen=True, slots=True)
class ServerState:
    """What a server said of its transactions, to the judge itself, past every link, after the load had stopped.

    Attributes:
        node: where it runs.
        executed: its GTID set, as MySQL writes it.
        total: of all accounts; None where there are none.
    """

    node: str
    executed: str
    total: int | None = None


@dataclass(frozen=True, slots=True)
class History:
    """What is known of a scenario once its load has stopped.

    Attributes:
        roster: names behind the columns.
        operations: every operation of every client.
        present: keys of the rows that the instance held at the end, read through its address; None if never read.
        faults, switches: in order of time.
        stalls: of our own load processes.
        comparisons: row by row, at the end.
        sightings: of writable flags.
        snapshots: of rows, on the way; in order of time.
        servers: at rest, the primary first.
        shown_lag: in order of time.
    """

    roster: Roster
    operations: Operations
    present: NDArray[np.uint64] | None = None
    faults: tuple[FaultRecord, ...] = ()
    switches: tuple[SwitchRecord, ...] = ()
    stalls: tuple[Stall, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    sightings: tuple[Sighting, ...] = field(default=())
    snapshots: tuple[Snapshot, ...] = ()
    servers: tuple[ServerState, ...] = ()
    shown_lag: tuple[ShownLag, ...] = ()
