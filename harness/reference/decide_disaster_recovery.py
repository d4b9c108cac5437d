"""What to do about a disaster-recovery instance, from what is known of it and its master at this moment (pure)."""

from typing import Final

from hadrill.harness.model.disaster_recovery import Synchronization
from hadrill.harness.model.instance import Role, State
from hadrill.harness.reference.decide import AS_MEANT
from hadrill.harness.reference.decide_read_only import HAS_A_PRIMARY, HAS_ONE_ALREADY
from hadrill.harness.reference.decisions import Decisions
from hadrill.harness.reference.records import InstanceRecord, OperationKind
from hadrill.harness.reference.scene import (
    RETRY_S,
    Action,
    Begin,
    Hurry,
    Scene,
    Show,
    ShowLink,
    process_ended,
    start_if_ended,
)
from hadrill.harness.reference.settings import Timing

HURRY_S: Final = 0.8
"""A front that was refused by its source does not rest before it has been without it for so long."""

ENDED: Final = "its server ended"
SILENT: Final = "its server does not answer"


def decide_disaster_recovery(
    scene: Scene, master: InstanceRecord, timing: Timing, decisions: Decisions = AS_MEANT
) -> Action | None:
    """The one next thing to do, or None where all is well or nothing can be done yet; no operation is running."""
    record = scene.record
    if record.state is State.CREATING:
        return Begin(OperationKind.RELEASE, {})  # its creation was given up
    if record.synchronization == Synchronization.UNSYNCHRONIZED:
        return _start_what_ended(scene)
    if record.synchronization == Synchronization.COPYING:
        if scene.looks[record.front].answers and _has_source(scene, master) and scene.settled_s >= RETRY_S:
            return Begin(OperationKind.SYNCHRONIZE, {"master": master.id})
        return _start_what_ended(scene)
    if not scene.looks[record.front].answers:
        return _front_silent(scene, timing, decisions)
    return _link(scene, master, decisions) or _second(scene, timing) or _shown(scene, master, timing)


def _has_source(scene: Scene, master: InstanceRecord) -> bool:
    """Whether the master has a primary that can be followed, and that we hear from."""
    return scene.source_answers and (master.state in HAS_A_PRIMARY or scene.master_step == HAS_ONE_ALREADY)


def _link(scene: Scene, master: InstanceRecord, decisions: Decisions) -> Action | None:
    """The front follows its master's primary, and is open for reads; those need no master."""
    record, look = scene.record, scene.looks[scene.record.front]
    closed = look.offline and record.state is State.RUNNING
    if scene.settled_s < RETRY_S and not closed:
        return None
    astray = scene.follows != scene.source
    if astray and not decisions.recovery_follows and not look.offline:
        return None
    if (astray or look.offline or look.stopped or record.state is not State.RUNNING) and _has_source(scene, master):
        return Begin(OperationKind.RELINK, {"to": scene.source})
    if look.offline and record.state is not State.REBUILDING:
        follows = scene.follows if scene.follows == scene.source else ""
        return Begin(OperationKind.RESUME, {"from": follows})
    return Hurry(record.front) if look.resting and not astray and _source_is_there(scene) else None


def _source_is_there(scene: Scene) -> bool:
    """Seen since the front was refused, just now: one that is on its way to a silent source cannot be stopped soon."""
    refused_ns = scene.now_ns - round(scene.not_receiving_s * 1e9)
    return scene.source_answers and scene.source_seen_ns > refused_ns and scene.not_receiving_s < HURRY_S


def _second(scene: Scene, timing: Timing) -> Action | None:
    record = scene.record
    if record.state is not State.RUNNING:
        return None
    secondary, out = record.node(Role.SECONDARY), record.node(Role.OUT)
    if secondary is not None:
        look = scene.looks[secondary]
        if scene.silent_s(secondary) >= timing.secondary_silence_s:
            return Begin(OperationKind.PART, {"node": secondary})
        idle = look.answers and (look.stopped or scene.second_follows != record.front)
        return Begin(OperationKind.JOIN, {"node": secondary}) if idle else None
    if out is None:
        return None
    if not scene.looks[out].answers:
        return start_if_ended(scene, out)
    return None if scene.just_undone else Begin(OperationKind.JOIN, {"node": out})


def _front_silent(scene: Scene, timing: Timing, decisions: Decisions) -> Action | None:
    record = scene.record
    ended = process_ended(scene, record.front)
    if not ended and (scene.silent_s(record.front) < timing.silence_s or scene.address_sees):
        return None
    heir = record.node(Role.SECONDARY)
    if heir is not None and scene.looks[heir].answers and decisions.recovery_fails_over:
        return Begin(OperationKind.TAKE_OVER, {"from": record.front, "to": heir})
    if record.state not in {State.DOWN, State.REBUILDING}:
        return Show(State.DOWN, ENDED if ended else SILENT)
    return _start_what_ended(scene)


def _start_what_ended(scene: Scene) -> Action | None:
    silent = [node for node, look in scene.looks.items() if not look.answers]
    return next((action for node in silent if (action := start_if_ended(scene, node)) is not None), None)


def _shown(scene: Scene, master: InstanceRecord, timing: Timing) -> ShowLink | None:
    """What the instance says of its link, where that is news."""
    record, reason = scene.record, _interruption(scene, master, timing)
    state = Synchronization.INTERRUPTED if reason else Synchronization.SYNCHRONIZING
    return ShowLink(state, reason) if (record.synchronization, record.reason) != (state, reason) else None


def _interruption(scene: Scene, master: InstanceRecord, timing: Timing) -> str:
    if master.state is State.RELEASED:
        return f"its master {master.id} was released; what it holds grows old"
    if scene.not_receiving_s >= timing.silence_s:
        whom = f"{scene.source}, its master's primary" if scene.source else "its master"
        return f"it does not receive from {whom}; what it holds grows old"
    if scene.looks[scene.record.front].stopped:
        return "it does not apply what it receives; what it holds grows old"
    return ""
