"""What a customer buys, as the service describes it."""

from dataclasses import dataclass, field
from enum import StrEnum


class Edition(StrEnum):
    """Editions that can be built; the others of HA-1 are listed as not addressed."""

    BASIC = "basic"
    HIGH_AVAILABILITY = "high-availability"


class InstanceType(StrEnum):
    """What an instance is for."""

    REGULAR = "regular"
    READ_ONLY = "read-only"  # follows a regular one, its master, and serves reads at an address of its own
    DISASTER_RECOVERY = "disaster-recovery"  # a pair in another region that follows its master; regular once promoted


class Role(StrEnum):
    """What a member is at this moment."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    READ_ONLY = "read-only"
    OUT = "out"  # lost, or on its way back


class State(StrEnum):
    """An instance's state as the service shows it."""

    CREATING = "creating"
    RUNNING = "running"
    SWITCHING = "switching"
    FAILING_OVER = "failing-over"
    CHANGING = "changing"  # its specification or edition, or its servers are restarted with other settings
    REBUILDING = "rebuilding"  # a read-only instance that is copied anew and serves nobody until then
    DOWN = "down"
    RELEASED = "released"


@dataclass(frozen=True, slots=True)
class Member:
    """One server of an instance and the node that it runs on."""

    node: str
    role: Role


@dataclass(frozen=True, slots=True)
class Account:
    """A database account; the password never enters a log, a journal or a report."""

    user: str
    password: str

    def __repr__(self) -> str:
        return f"Account(user={self.user!r})"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a TCP connection is opened to."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"


@dataclass(frozen=True, slots=True)
class Specification:
    """How large each server of an instance is.

    Attributes:
        memory_mib: the buffer pool, in MiB.
        connections: at most so many at a time.
    """

    memory_mib: int = 64
    connections: int = 300


@dataclass(frozen=True, slots=True)
class MaintenancePeriod:
    """The time of each day in which what is put off to it is done.

    Attributes:
        begins: time of day, UTC, ``HH:MM:SS``.
        length_s: seconds.
    """

    begins: str = "02:00:00"
    length_s: int = 3600


@dataclass(frozen=True, slots=True)
class Instance:
    """An instance as the service describes it.

    Attributes:
        id: never changes, like the address and the creation time.
        address: what clients connect to.
        created_at: UTC, ISO 8601.
        protected: a secondary holds every acknowledged write; False within the unprotected window.
        reason: why the state is what it is, where that needs saying; else empty.
        master: of a read-only instance, the id of the instance that it follows; else empty.
        read_only: ids of the read-only instances that follow it.
        switch_due: when a switch that was put off will begin, UTC, ISO 8601; empty where none waits.
        region: where its servers stand.
        synchronization: of a disaster-recovery instance, how far its link is; empty otherwise.
        disaster_recovery: ids of the disaster-recovery instances that follow it.
        promoted_from: of a promoted instance, the id of the master that it never follows again; else empty.
    """

    id: str
    edition: Edition
    state: State
    address: Endpoint
    created_at: str
    members: tuple[Member, ...]
    protected: bool
    reason: str = ""
    type: InstanceType = InstanceType.REGULAR
    master: str = ""
    read_only: tuple[str, ...] = ()
    specification: Specification = field(default_factory=Specification)
    maintenance: MaintenancePeriod = field(default_factory=MaintenancePeriod)
    switch_due: str = ""
    region: str = ""
    synchronization: str = ""
    disaster_recovery: tuple[str, ...] = ()
    promoted_from: str = ""

    def having(self, role: Role) -> tuple[str, ...]:
        """Names of the nodes whose members have that role."""
        return tuple(member.node for member in self.members if member.role is role)
