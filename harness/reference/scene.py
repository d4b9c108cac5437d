"""What a decision about an instance rests on, and what it can be."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from hadrill.harness.model.disaster_recovery import Synchronization
from hadrill.harness.model.instance import State
from hadrill.harness.reference.hosts import ServerState
from hadrill.harness.reference.look import Look
from hadrill.harness.reference.records import InstanceRecord, OperationKind

RETRY_S: Final = 0.5
"""What failed is tried again after so long."""


@dataclass(frozen=True, slots=True)
class Scene:
    """All that a decision rests on.

    Attributes:
        looks: by node.
        hosts: by node, only for silent servers whose host could be asked.
        address_sees: whether the address gets the greeting of the server behind it; only asked for a silent one.
        address_silent_s: how long it has not got that, where that alone counts; seconds.
        not_receiving_s: how long the follower has not been receiving, though it answers; seconds.
        unacknowledged_s: how long commits have been waiting without a single one being acknowledged; seconds.
        settled_s: how long ago the last operation ended; seconds.
        awake_s: how long we have not stood still; seconds.
        undone: whether that one failed and was undone.
        flaps: how often the secondary was given up lately.
        since_given_up_s: how long ago that was last; seconds.
        master: of one that follows another instance, the record of that one.
        master_step: the step that the master is in the middle of, ``operation.step``; empty where none.
        follows: the node that the server behind its address is told to follow; empty where none.
        second_follows: likewise of a disaster-recovery instance's second server.
        source: of a disaster-recovery instance, its master's primary; empty where that has none.
        source_answers: whether that one does.
        source_seen_ns: when the last look that it answered began.
    """

    record: InstanceRecord
    looks: Mapping[str, Look]
    now_ns: int
    hosts: Mapping[str, ServerState] = field(default_factory=dict)
    address_sees: bool = False
    address_silent_s: float = 0.0
    not_receiving_s: float = 0.0
    unacknowledged_s: float = 0.0
    settled_s: float = math.inf
    awake_s: float = math.inf
    undone: bool = False
    flaps: int = 0
    since_given_up_s: float = 0.0
    master: InstanceRecord | None = None
    master_step: str = ""
    follows: str = ""
    second_follows: str = ""
    source: str = ""
    source_answers: bool = False
    source_seen_ns: int = 0

    def seen_since(self, at_ns: int) -> bool:
        """Whether each of its servers was looked at, and those that answer since an instant of the monotonic clock."""
        return all(look.looked and (look.answered_ns >= at_ns or not look.answers) for look in self.looks.values())

    @property
    def just_undone(self) -> bool:
        """Whether an operation failed just now: nothing like it is begun at once."""
        return self.undone and self.settled_s < RETRY_S

    def silent_s(self, node: str) -> float:
        """Seconds since its server last answered; what an operation did to it, or we slept through, does not count."""
        return min(self.looks[node].silent_s(self.now_ns), self.settled_s, self.awake_s)


@dataclass(frozen=True, slots=True)
class Begin:
    """Begin an operation."""

    kind: OperationKind
    arguments: dict[str, str]


@dataclass(frozen=True, slots=True)
class StartServer:
    """Start a server whose process ended and whose host can start it."""

    node: str


@dataclass(frozen=True, slots=True)
class Hurry:
    """Have a server that rests until it tries to reach its source again try now."""

    node: str


@dataclass(frozen=True, slots=True)
class Show:
    """Show a state with its reason."""

    state: State
    reason: str


@dataclass(frozen=True, slots=True)
class ShowLink:
    """Show how far the link of a disaster-recovery instance is, with the reason."""

    synchronization: Synchronization
    reason: str


Action = Begin | StartServer | Hurry | Show | ShowLink


def process_ended(scene: Scene, node: str) -> bool:
    """Whether the node's host says that the server's process ended."""
    host = scene.hosts.get(node)
    return host is not None and host.state == "exited"


def start_if_ended(scene: Scene, node: str) -> StartServer | None:
    """Start the node's server where its host says that it ended and can be started."""
    host = scene.hosts.get(node)
    if host is not None and host.state in {"exited", "prepared"} and not host.held:
        return StartServer(node)
    return None
