"""What the manager remembers, as rows."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from hadrill.harness.model.instance import (
    Account,
    Edition,
    InstanceType,
    MaintenancePeriod,
    Member,
    Role,
    Specification,
    State,
)

UPGRADED: Final = "upgraded"
"""What an event says when an instance has become one of the other edition."""

PROMOTED: Final = "promoted"
"""What an event says when another server has become the primary."""


class OperationKind(StrEnum):
    """What the manager can be in the middle of."""

    CREATE = "create"
    SWITCH = "switch"
    FAILOVER = "failover"
    REOPEN = "reopen"
    REJOIN = "rejoin"
    UNPROTECT = "unprotect"
    RELEASE = "release"
    CREATE_READ_ONLY = "create-read-only"
    REPOINT = "repoint"
    UPGRADE = "upgrade"
    CHANGE = "change"
    ROLLING_CHANGE = "rolling-change"
    DISMISS = "dismiss"
    CREATE_DISASTER_RECOVERY = "create-disaster-recovery"
    SYNCHRONIZE = "synchronize"
    RELINK = "relink"
    RESUME = "resume"
    TAKE_OVER = "take-over"
    PART = "part"
    JOIN = "join"
    PROMOTE = "promote"
    VERIFY = "verify"
    SWITCH_BACK = "switch-back"
    SET_VARIABLES = "set-variables"
    CHANGE_PORT = "change-port"
    IMPORT = "import"  # beside all others: clients go on, and so does whoever keeps the instance


class Status(StrEnum):
    """How far an operation is."""

    RUNNING = "running"
    DONE = "done"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True)
class TaskRecord:
    """The synchronization that was asked for on a disaster-recovery instance; there is one for ever.

    Attributes:
        tables: ``schema.table`` each; empty for the entire instance.
        progress: of the first copy, 0 to 1.
        attempts: how often that was begun.
    """

    id: int
    name: str
    master: str
    tables: tuple[str, ...]
    progress: float = 0.0
    attempts: int = 0


@dataclass(frozen=True, slots=True)
class InstanceRecord:
    """An instance.

    Attributes:
        address: index of the address that its clients were given.
        protected: a secondary holds every acknowledged write; persisted before the fact becomes untrue.
        owner, reader: the accounts that the customer is given.
        master: of a read-only or a disaster-recovery instance, the id of the instance that it follows.
        settings: system variables that its servers are started with, beside those of the specification.
        switch_within: the maintenance period that a switch was put off to; None where none waits.
        synchronization: of a disaster-recovery instance, and of one that was promoted: how far its link is.
        task: what it was asked to synchronize; None where it never was.
        promoted_from: the id of the master that it never follows again; empty where it was not promoted.
        successor: the id of the instance that takes its place, or has; it stays closed then.
    """

    id: str
    edition: Edition
    state: State
    reason: str
    address: int
    created_at: str
    protected: bool
    owner: Account
    reader: Account
    members: tuple[Member, ...] = ()
    type: InstanceType = InstanceType.REGULAR
    master: str = ""
    specification: Specification = field(default_factory=Specification)
    settings: dict[str, str] = field(default_factory=dict)
    maintenance: MaintenancePeriod = field(default_factory=MaintenancePeriod)
    switch_within: MaintenancePeriod | None = None
    synchronization: str = ""
    task: TaskRecord | None = None
    promoted_from: str = ""
    successor: str = ""

    @property
    def variables(self) -> dict[str, str]:
        """System variables that each of its servers is started with."""
        size = {
            "innodb_buffer_pool_size": f"{self.specification.memory_mib}M",
            "max_connections": str(self.specification.connections),
        }
        return size | self.settings

    def node(self, role: Role) -> str | None:
        """The first node in that role, if any."""
        return next((member.node for member in self.members if member.role is role), None)

    @property
    def primary(self) -> str:
        """The node that takes writes, or that took them last."""
        node = self.node(Role.PRIMARY)
        if node is None:
            raise LookupError(f"instance {self.id} has no primary on record")
        return node

    @property
    def front(self) -> str:
        """The node that its address leads to: its primary, or its only server where it is read-only."""
        return self.node(Role.READ_ONLY) or self.primary


@dataclass(frozen=True, slots=True)
class OperationRecord:
    """Something begun: resumed at its step by whoever holds the database next.

    Attributes:
        step: name of the step to run next.
        reason: while it runs, what holds it up; then why it was undone, or left where it is.
        arguments: what the steps need, decided when the operation began; strings.
    """

    id: int
    instance: str
    kind: OperationKind
    step: str
    status: Status
    reason: str = ""
    arguments: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ImportRecord:
    """How far a data import is.

    Attributes:
        statements: how many there are.
        done: how many were run, failed ones included.
        failed: a sentence each, at most a hundred and one that counts the others.
    """

    statements: int
    done: int
    failed: tuple[str, ...]
