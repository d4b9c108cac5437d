"""What to do about an instance, from what is known of it at this moment (pure)."""

from typing import Final

from hadrill.harness.model.instance import Edition, Role, State
from hadrill.harness.reference.decisions import Decisions
from hadrill.harness.reference.records import InstanceRecord, OperationKind
from hadrill.harness.reference.scene import Action, Begin, Scene, Show, process_ended, start_if_ended
from hadrill.harness.reference.settings import Timing

AS_MEANT: Final = Decisions()

UNREACHED: Final = "we cannot reach the primary, though its address can"
ALONE: Final = "unprotected: there is no secondary in sync"

LONGEST_PROBATION_S: Final = 15.0


def decide(scene: Scene, timing: Timing, decisions: Decisions = AS_MEANT) -> Action | None:
    """The one next thing to do, or None where all is well or nothing can be done yet; no operation is running."""
    if scene.record.state is State.CREATING:
        return Begin(OperationKind.RELEASE, {})  # its creation was given up
    primary = scene.looks[scene.record.primary]
    believed = decisions.believes_the_address and scene.record.state is State.RUNNING
    unheard = believed and scene.address_silent_s >= timing.silence_s
    if primary.answers and not unheard:
        return _primary_there(scene, timing, decisions)
    return _primary_silent(scene, timing, decisions)


def _primary_there(scene: Scene, timing: Timing, decisions: Decisions) -> Action | None:
    record, primary = scene.record, scene.looks[scene.record.primary]
    waits_in_vain = primary.waits and not record.protected and decisions.stops_waiting
    if primary.closed or waits_in_vain or record.state is not State.RUNNING:
        return Begin(OperationKind.REOPEN, {})
    if record.reason == UNREACHED:
        alone = record.edition is Edition.HIGH_AVAILABILITY and not record.protected
        return Show(State.RUNNING, ALONE if alone else "")
    if record.edition is Edition.BASIC:
        return _left_over(scene)
    return _second_server(scene, timing, decisions)


def _left_over(scene: Scene) -> Action | None:
    """A Basic instance has one server; another one is left of an upgrade that was given up."""
    out = scene.record.node(Role.OUT)
    there = out is not None and (scene.looks[out].answers or out in scene.hosts)
    return Begin(OperationKind.DISMISS, {"node": out}) if out is not None and there else None


def _second_server(scene: Scene, timing: Timing, decisions: Decisions) -> Action | None:
    record = scene.record
    secondary = record.node(Role.SECONDARY)
    if secondary is not None:
        gone = _secondary_gone(scene, secondary, timing) and decisions.unprotects
        return Begin(OperationKind.UNPROTECT, {"node": secondary}) if gone else None
    out = record.node(Role.OUT)
    if out is None:
        return None
    if scene.looks[out].answers:
        on_probation = scene.since_given_up_s < _probation_s(scene.flaps)
        return None if on_probation or not decisions.takes_back else Begin(OperationKind.REJOIN, {"node": out})
    return start_if_ended(scene, out)


def _secondary_gone(scene: Scene, secondary: str, timing: Timing) -> bool:
    look = scene.looks[secondary]
    if look.answers and look.idle:
        return True  # it was started again, and nobody but us tells it whom to follow
    # It was heard when it became the secondary; before that it may have been too busy to answer a look.
    lost_s = max(scene.silent_s(secondary), scene.not_receiving_s)
    return lost_s >= timing.secondary_silence_s or scene.unacknowledged_s >= timing.unacknowledged_s


def _probation_s(flaps: int) -> float:
    """How long a secondary that was given up so often of late is left out, so that writes are not held up each time."""
    return min(2.0 ** (flaps - 2), LONGEST_PROBATION_S) if flaps > 1 else 0.0


def _primary_silent(scene: Scene, timing: Timing, decisions: Decisions) -> Action | None:
    record = scene.record
    ended = process_ended(scene, record.primary)
    if not ended and decisions.rides_out_blips:
        if max(scene.silent_s(record.primary), scene.address_silent_s) < timing.silence_s:
            return None
        if scene.address_sees and decisions.asks_the_address:
            news = record.state is State.RUNNING and record.reason != UNREACHED
            return Show(State.RUNNING, UNREACHED) if news else None
    heir = _heir(scene, decisions)
    if heir is not None and decisions.fails_over:
        why = "its process ended" if ended else "neither we nor the address hear from it"
        return Begin(OperationKind.FAILOVER, {"from": record.primary, "to": heir, "why": why})
    if record.state is not State.DOWN:
        return Show(State.DOWN, _why_down(record))
    return start_if_ended(scene, record.primary)


def _heir(scene: Scene, decisions: Decisions) -> str | None:
    """Who may be promoted: a secondary that answers and holds all that was acknowledged."""
    record = scene.record
    heir = record.node(Role.SECONDARY) if record.protected else None
    if heir is None and not decisions.stays_down_unprotected:
        heir = record.node(Role.SECONDARY) or record.node(Role.OUT)
    return heir if heir is not None and scene.looks[heir].answers else None


def _why_down(record: InstanceRecord) -> str:
    if record.edition is Edition.BASIC:
        return "the primary is lost; the basic edition has no secondary"
    if not record.protected:
        return (
            "the primary is lost while it alone held what it acknowledged; it is not replaced, so that nothing is lost"
        )
    return "the primary is lost and its secondary does not answer"
