"""What a customer buys, as the service describes it."""

from dataclasses import dataclass
from enum import StrEnum


class Edition(StrEnum):
    """Editions that can be built; the others of HA-1 are listed as not addressed."""

    BASIC = "basic"
    HIGH_AVAILABILITY = "high-availability"


class Role(StrEnum):
    """What a member is at this moment."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    OUT = "out"  # lost, or on its way back


class State(StrEnum):
    """An instance's state as the service shows it."""

    CREATING = "creating"
    RUNNING = "running"
    SWITCHING = "switching"
    FAILING_OVER = "failing-over"
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
class Instance:
    """An instance as the service describes it.

    Attributes:
        id: never changes, like the address and the creation time.
        address: what clients connect to.
        created_at: UTC, ISO 8601.
        protected: a secondary holds every acknowledged write; False within the unprotected window.
        reason: why the state is what it is, where that needs saying; else empty.
    """

    id: str
    edition: Edition
    state: State
    address: Endpoint
    created_at: str
    members: tuple[Member, ...]
    protected: bool
    reason: str = ""

    def having(self, role: Role) -> tuple[str, ...]:
        """Names of the nodes whose members have that role."""
        return tuple(member.node for member in self.members if member.role is role)
