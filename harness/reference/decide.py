"""What to do about an instance, from what is known of it at this moment (pure)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from hadrill.harness.model.instance import Edition, Role, State
from hadrill.harness.reference.hosts import ServerState
from hadrill.harness.reference.look import Look
from hadrill.harness.reference.records import InstanceRecord, OperationKind
from hadrill.harness.reference.settings import Timing


@dataclass(frozen=True, slots=True)
class Scene:
    """All that a decision rests on.

    Attributes:
        looks: by node.
        hosts: by node, only for silent servers whose host could be asked.
        address_sees_primary: whether the address gets the primary's greeting; only asked for a silent primary.
        not_receiving_s: how long the secondary has not been receiving, though it answers; seconds.
    """

    record: InstanceRecord
    looks: Mapping[str, Look]
    now_ns: int
    hosts: Mapping[str, ServerState] = field(default_factory=dict)
    address_sees_primary: bool = False
    not_receiving_s: float = 0.0


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
class Show:
    """Show a state with its reason."""

    state: State
    reason: str


Action = Begin | StartServer | Show


def decide(scene: Scene, timing: Timing) -> Action | None:
    """The one next thing to do, or None where all is well or nothing can be done yet; no operation is running."""
    if scene.record.state is State.CREATING:
        return Begin(OperationKind.RELEASE, {})  # its creation was given up
    primary = scene.looks[scene.record.primary]
    if primary.answers:
        return _primary_there(scene, timing, primary)
    return _primary_silent(scene, timing, primary)


def _primary_there(scene: Scene, timing: Timing, primary: Look) -> Action | None:
    record = scene.record
    waits_in_vain = primary.waits and not record.protected
    if primary.closed or waits_in_vain or record.state is not State.RUNNING:
        return Begin(OperationKind.REOPEN, {})
    if record.edition is Edition.BASIC:
        return _left_over(scene)
    secondary = record.node(Role.SECONDARY)
    if secondary is not None:
        silent_s = scene.looks[secondary].silent_s(scene.now_ns)
        gone = max(silent_s, scene.not_receiving_s) >= timing.secondary_silence_s
        return Begin(OperationKind.UNPROTECT, {"node": secondary}) if gone else None
    out = record.node(Role.OUT)
    if out is None:
        return None
    if scene.looks[out].answers:
        return Begin(OperationKind.REJOIN, {"node": out})
    return _start_if_ended(scene, out)


def _primary_silent(scene: Scene, timing: Timing, primary: Look) -> Action | None:
    record = scene.record
    ended = _process_ended(scene, record.primary)
    unseen = primary.silent_s(scene.now_ns) >= timing.silence_s and not scene.address_sees_primary
    if not (ended or unseen):
        return None
    secondary = record.node(Role.SECONDARY)
    if record.protected and secondary is not None and scene.looks[secondary].answers:
        why = "its process ended" if ended else "neither we nor the address hear from it"
        return Begin(OperationKind.FAILOVER, {"from": record.primary, "to": secondary, "why": why})
    if record.state is not State.DOWN:
        return Show(State.DOWN, _why_down(record))
    return _start_if_ended(scene, record.primary)


def _left_over(scene: Scene) -> Action | None:
    """A Basic instance has one server; another one is left of an upgrade that was given up."""
    out = scene.record.node(Role.OUT)
    there = out is not None and (scene.looks[out].answers or out in scene.hosts)
    return Begin(OperationKind.DISMISS, {"node": out}) if out is not None and there else None


def _why_down(record: InstanceRecord) -> str:
    if record.edition is Edition.BASIC:
        return "the primary is lost; the basic edition has no secondary"
    if not record.protected:
        return (
            "the primary is lost while it alone held what it acknowledged; it is not replaced, so that nothing is lost"
        )
    return "the primary is lost and its secondary does not answer"


def _process_ended(scene: Scene, node: str) -> bool:
    host = scene.hosts.get(node)
    return host is not None and host.state == "exited"


def _start_if_ended(scene: Scene, node: str) -> Action | None:
    host = scene.hosts.get(node)
    if host is not None and host.state in {"exited", "prepared"} and not host.held:
        return StartServer(node)
    return None
