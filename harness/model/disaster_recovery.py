"""What a service says of the link between a master and its disaster-recovery instance."""

from dataclasses import dataclass
from enum import StrEnum

from hadrill.harness.model.difference import Difference


class Synchronization(StrEnum):
    """How far the link of a disaster-recovery instance is (DR-10)."""

    UNSYNCHRONIZED = "Unsynchronized"  # delivered, and there is no task
    COPYING = "Copying"  # a task was accepted and what the master holds already is on its way
    SYNCHRONIZING = "Synchronizing"  # it follows the master
    INTERRUPTED = "Interrupted"  # it should follow and hears nothing, or does not apply what it hears
    BROKEN = "Broken"  # for good: the instance was promoted


@dataclass(frozen=True, slots=True)
class SynchronizationTask:
    """A synchronization that a customer asked for (DR-11).

    Attributes:
        id: unique in the service.
        instance: the disaster-recovery instance.
        master: whom it follows.
        name: as the customer called it.
        tables: ``schema.table`` each; empty for the entire instance.
        state: how far it is.
        progress: of the first copy, 0 to 1; 1 once it is done. It grows within an attempt, and each counts from 0.
        reason: why the state is what it is, where that needs saying; else empty.
        attempt: which one of the first copy this is, from 1; one that fails is begun anew.
        notice: what such a synchronization does not bring, and its customer might expect of it; else empty.
    """

    id: int
    instance: str
    master: str
    name: str
    tables: tuple[str, ...]
    state: Synchronization
    progress: float
    reason: str = ""
    attempt: int = 1
    notice: str = ""


@dataclass(frozen=True, slots=True)
class ShownProgress:
    """One look at the progress of a synchronization, as its service shows it.

    Attributes:
        at_ns: monotonic; when the answer was there.
        share: 0 to 1.
        attempt: which one it is of, from 1.
    """

    at_ns: int
    share: float
    attempt: int = 1


@dataclass(frozen=True, slots=True)
class Verification:
    """Two instances compared row by row by the service (DR-17).

    Attributes:
        tables, rows: how many were compared.
        differences: at most a hundred; none where the two hold the same.
    """

    tables: int
    rows: int
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class MonitoringFigures:
    """One look at an instance, as its monitoring shows it (DR-14).

    Attributes:
        utc: ISO 8601.
        queries_per_s: since the figure before.
        connections: open at that moment.
        lag_s: behind its master, seconds; None where it follows nobody or the lag is not known.
        disk_mib: what its data takes on the primary's disk.
    """

    utc: str
    queries_per_s: float
    connections: int
    lag_s: float | None
    disk_mib: float
