"""What to do about a read-only instance, from what is known of it and its master at this moment (pure)."""

from typing import Final

from hadrill.harness.model.instance import Role, State
from hadrill.harness.reference.decide import AS_MEANT
from hadrill.harness.reference.decisions import Decisions
from hadrill.harness.reference.records import InstanceRecord, OperationKind
from hadrill.harness.reference.scene import Action, Begin, Scene, Show, process_ended, start_if_ended
from hadrill.harness.reference.settings import Timing

HAS_A_PRIMARY: Final = frozenset({State.RUNNING, State.CHANGING})
"""States of a master whose primary on record can be followed."""

HAS_ONE_ALREADY: Final = "switch.settle"
"""What is left of a switch at this step its clients do not wait for: its primary is open."""

UNREACHED: Final = "we cannot reach its server, though its address can"
CLOSED: Final = "its server was started again; it is opened when it has been compared with its master's primary"


def decide_read_only(
    scene: Scene, master: InstanceRecord, timing: Timing, decisions: Decisions = AS_MEANT
) -> Action | None:
    """The one next thing to do, or None where all is well or nothing can be done yet; no operation is running."""
    record, look = scene.record, scene.looks[scene.record.front]
    if record.state is State.CREATING:
        return Begin(OperationKind.RELEASE, {})  # its creation was given up
    if not look.answers:
        return _silent(scene, timing)
    source = source_of(master, decisions)
    astray = decisions.read_only_follows and (scene.follows != source or look.stopped)
    runs = record.state is State.RUNNING
    away = look.offline or not runs
    if away and not decisions.read_only_returns:
        return None
    if astray or away:
        if master.state in HAS_A_PRIMARY or scene.master_step == HAS_ONE_ALREADY:
            return Begin(OperationKind.REPOINT, {"to": source})
        if look.offline and runs:
            return Show(State.DOWN, CLOSED)
    return _show(record, State.RUNNING, _reason(scene, master, source, timing)) if runs else None


def source_of(master: InstanceRecord, decisions: Decisions) -> str:
    """The node that a read-only instance of this master follows: its primary, which alone cannot fall behind."""
    other = "" if decisions.follows_primary_only else master.node(Role.SECONDARY) or master.node(Role.OUT)
    return other or master.primary


def _reason(scene: Scene, master: InstanceRecord, source: str, timing: Timing) -> str:
    if master.state is State.DOWN:
        return "its master is down; what it shows grows old"
    if scene.not_receiving_s >= timing.silence_s:
        return f"it does not receive from {source}; what it shows grows old"
    return ""


def _silent(scene: Scene, timing: Timing) -> Action | None:
    record = scene.record
    ended = process_ended(scene, record.front)
    if not ended:
        if scene.silent_s(record.front) < timing.silence_s:
            return None
        if scene.address_sees:
            return _show(record, record.state, UNREACHED) if record.state is State.RUNNING else None
    if record.state not in {State.DOWN, State.REBUILDING}:
        return Show(State.DOWN, "its server ended" if ended else "its server does not answer")
    return start_if_ended(scene, record.front)


def _show(record: InstanceRecord, state: State, reason: str) -> Show | None:
    return Show(state, reason) if (record.state, record.reason) != (state, reason) else None
