"""What the manager does about an instance, on hand-made scenes."""

from dataclasses import replace

import pytest

from hadrill.harness.model.instance import Account, Edition, Member, Role, State
from hadrill.harness.reference.decide import ALONE, UNREACHED, decide
from hadrill.harness.reference.decisions import Decisions
from hadrill.harness.reference.hosts import ServerState
from hadrill.harness.reference.look import Look
from hadrill.harness.reference.records import InstanceRecord, OperationKind
from hadrill.harness.reference.scene import Begin, Scene, Show, StartServer
from hadrill.harness.reference.settings import Timing

NOW_NS = 100_000_000_000
WELL = Look(answered_ns=NOW_NS, answers=True, closed=False)
STANDING_BY = Look(answered_ns=NOW_NS, answers=True, closed=True, receiving=True)


def silent(seconds: float) -> Look:
    """A server that last answered so long ago."""
    return Look(answered_ns=NOW_NS - round(seconds * 1e9))


def pair(*, protected: bool = True, b: Role = Role.SECONDARY, state: State = State.RUNNING) -> InstanceRecord:
    """An instance on a1, and on b1 where it is a pair."""
    account = Account("owner", "secret")
    members = (Member("a1", Role.PRIMARY), Member("b1", b))
    return InstanceRecord("db-1", Edition.HIGH_AVAILABILITY, state, "", 0, "now", protected, account, account, members)


def basic(state: State = State.RUNNING) -> InstanceRecord:
    """An instance on a1, and on b1 where it is a pair."""
    account = Account("owner", "secret")
    members = (Member("a1", Role.PRIMARY),)
    return InstanceRecord("db-1", Edition.BASIC, state, "", 0, "now", False, account, account, members)


def test_nothing_is_done_where_all_is_well() -> None:
    """A pair whose servers answer is left alone."""
    assert decide(Scene(pair(), {"a1": WELL, "b1": STANDING_BY}, NOW_NS), Timing()) is None


def test_nothing_is_known_of_a_server_before_the_first_look_at_it() -> None:
    """It has not answered, which is no silence; one that answers was looked at before it was told something."""
    unseen = Look(answered_ns=NOW_NS, looked=False)
    assert not Scene(pair(), {"a1": unseen, "b1": STANDING_BY}, NOW_NS).seen_since(NOW_NS)
    assert Scene(pair(), {"a1": silent(5.0), "b1": STANDING_BY}, NOW_NS).seen_since(NOW_NS)
    assert not Scene(pair(), {"a1": WELL, "b1": STANDING_BY}, NOW_NS).seen_since(NOW_NS + 1)


def test_an_ended_process_fails_over_at_once() -> None:
    """There is nothing to wait for when the host says that the process ended."""
    scene = Scene(pair(), {"a1": silent(0.1), "b1": STANDING_BY}, NOW_NS, {"a1": ServerState("exited", held=True)})
    action = decide(scene, Timing())
    assert isinstance(action, Begin)
    assert (action.kind, action.arguments["from"], action.arguments["to"]) == (OperationKind.FAILOVER, "a1", "b1")


def test_a_blip_does_not_fail_over() -> None:
    """300 ms of silence are no reason."""
    assert decide(Scene(pair(), {"a1": silent(0.3), "b1": STANDING_BY}, NOW_NS), Timing()) is None


def test_silence_to_us_and_to_the_address_fails_over() -> None:
    """A frozen or cut-off primary is given up after silence_s."""
    action = decide(Scene(pair(), {"a1": silent(1.0), "b1": STANDING_BY}, NOW_NS), Timing())
    assert isinstance(action, Begin)
    assert action.kind is OperationKind.FAILOVER


def test_one_that_believes_the_address_waits_for_as_long_as_for_its_own_silence() -> None:
    """What the address alone does not hear is given up after silence_s; a true service never asks it."""
    scene = Scene(pair(), {"a1": WELL, "b1": STANDING_BY}, NOW_NS, address_silent_s=0.3)
    credulous = Decisions(believes_the_address=True)
    assert decide(scene, Timing(), credulous) is None
    action = decide(replace(scene, address_silent_s=1.0), Timing(), credulous)
    assert isinstance(action, Begin)
    assert action.kind is OperationKind.FAILOVER
    assert decide(replace(scene, address_silent_s=1.0), Timing()) is None


def test_what_an_operation_did_to_a_server_is_no_silence() -> None:
    """It was restarted a moment ago, and the look that finds it up is still to come."""
    down = Scene(basic(), {"a1": silent(5)}, NOW_NS, settled_s=0.2)
    assert decide(down, Timing()) is None
    assert decide(replace(down, settled_s=1.0), Timing()) == Show(
        State.DOWN, "the primary is lost; the basic edition has no secondary"
    )


def test_silence_to_us_alone_does_not_fail_over() -> None:
    """Where the address still hears the primary, only our own link is gone; that is said."""
    scene = Scene(pair(), {"a1": silent(9), "b1": STANDING_BY}, NOW_NS, address_sees=True)
    assert decide(scene, Timing()) == Show(State.RUNNING, UNREACHED)


def test_an_unprotected_pair_stays_down() -> None:
    """The other server lacks writes: promoting it would lose them (design decision 5)."""
    scene = Scene(pair(protected=False, b=Role.OUT), {"a1": silent(2), "b1": STANDING_BY}, NOW_NS)
    action = decide(scene, Timing())
    assert isinstance(action, Show)
    assert action.state is State.DOWN


def test_a_pair_whose_secondary_is_silent_too_stays_down() -> None:
    """Nobody is there to take over."""
    action = decide(Scene(pair(), {"a1": silent(2), "b1": silent(2)}, NOW_NS), Timing())
    assert isinstance(action, Show)
    assert action.state is State.DOWN


def test_a_restarted_primary_is_opened_again() -> None:
    """Every server starts closed; the one on record as primary is opened by the manager alone."""
    closed = Look(answered_ns=NOW_NS, answers=True, closed=True)
    assert decide(Scene(basic(), {"a1": closed}, NOW_NS), Timing()) == Begin(OperationKind.REOPEN, {})


def test_a_returning_server_joins_again() -> None:
    """An old primary that answers is brought back as secondary."""
    scene = Scene(pair(protected=False, b=Role.OUT), {"a1": WELL, "b1": STANDING_BY}, NOW_NS)
    assert decide(scene, Timing()) == Begin(OperationKind.REJOIN, {"node": "b1"})


def test_a_lost_secondary_leaves_writes_unprotected() -> None:
    """After secondary_silence_s writes go on without it."""
    action = decide(Scene(pair(), {"a1": WELL, "b1": silent(1.6)}, NOW_NS), Timing())
    assert action == Begin(OperationKind.UNPROTECT, {"node": "b1"})


def test_a_basic_instance_is_started_again_where_its_host_can() -> None:
    """It says that it is down first, then waits for its own server."""
    ended = {"a1": ServerState("exited", held=False)}
    shown = decide(Scene(basic(), {"a1": silent(0.2)}, NOW_NS, ended), Timing())
    assert isinstance(shown, Show)
    assert decide(Scene(basic(State.DOWN), {"a1": silent(0.2)}, NOW_NS, ended), Timing()) == StartServer("a1")


def test_a_held_server_is_not_started() -> None:
    """A host that holds it back would only refuse."""
    held = {"a1": ServerState("exited", held=True)}
    assert decide(Scene(basic(State.DOWN), {"a1": silent(0.2)}, NOW_NS, held), Timing()) is None


def test_a_creation_that_was_given_up_is_released() -> None:
    """Whatever is left of it: nobody may get half an instance."""
    scene = Scene(pair(state=State.CREATING), {"a1": WELL, "b1": STANDING_BY}, NOW_NS)
    assert decide(scene, Timing()) == Begin(OperationKind.RELEASE, {})


@pytest.mark.parametrize("state", [State.DOWN, State.SWITCHING, State.FAILING_OVER])
def test_an_operation_that_ended_half_way_is_mended(state: State) -> None:
    """The primary on record is there: it is opened."""
    scene = Scene(pair(protected=False, b=Role.OUT, state=state), {"a1": WELL, "b1": STANDING_BY}, NOW_NS)
    assert decide(scene, Timing()) == Begin(OperationKind.REOPEN, {})


def test_a_primary_that_waits_in_vain_is_told_not_to() -> None:
    """Nobody is on record who could acknowledge its commits."""
    waits = replace(WELL, waits=True)
    scene = Scene(pair(protected=False, b=Role.OUT), {"a1": waits, "b1": silent(9)}, NOW_NS)
    assert decide(scene, Timing()) == Begin(OperationKind.REOPEN, {})


def test_a_protected_primary_that_waits_is_left_alone() -> None:
    """That is how it keeps its promise."""
    waits = replace(WELL, waits=True)
    assert decide(Scene(pair(), {"a1": waits, "b1": STANDING_BY}, NOW_NS), Timing()) is None


def test_what_is_left_of_an_upgrade_is_dismissed() -> None:
    """Once its host can be reached; a Basic instance has one server."""
    left = replace(basic(), members=(*basic().members, Member("b1", Role.OUT)))
    looks = {"a1": WELL, "b1": silent(1)}
    assert decide(Scene(left, looks, NOW_NS), Timing()) is None
    there = {"b1": ServerState("exited", held=False)}
    assert decide(Scene(left, looks, NOW_NS, there), Timing()) == Begin(OperationKind.DISMISS, {"node": "b1"})


def test_a_secondary_that_acknowledges_nothing_is_given_up() -> None:
    """It answers us and says that it receives; commits wait all the same."""
    waits = replace(WELL, waits=True)
    scene = Scene(pair(), {"a1": waits, "b1": STANDING_BY}, NOW_NS, unacknowledged_s=2.2)
    assert decide(scene, Timing()) == Begin(OperationKind.UNPROTECT, {"node": "b1"})
    assert decide(replace(scene, unacknowledged_s=2.1), Timing()) is None


def test_a_secondary_that_was_started_again_is_given_up_at_once() -> None:
    """It does not try to receive, and never will by itself; one that tries is waited for."""
    idle = replace(STANDING_BY, receiving=False, idle=True)
    scene = Scene(pair(), {"a1": WELL, "b1": idle}, NOW_NS, not_receiving_s=0.1)
    assert decide(scene, Timing()) == Begin(OperationKind.UNPROTECT, {"node": "b1"})
    tries = replace(idle, idle=False)
    assert decide(replace(scene, looks={"a1": WELL, "b1": tries}), Timing()) is None
    assert decide(replace(scene, looks={"a1": WELL, "b1": replace(idle, answers=False)}), Timing()) is None


def test_a_secondary_was_heard_when_it_became_one() -> None:
    """What it did not answer while an operation kept it busy does not count against it."""
    scene = Scene(pair(), {"a1": WELL, "b1": silent(5)}, NOW_NS, settled_s=0.5)
    assert decide(scene, Timing()) is None


@pytest.mark.parametrize(("flaps", "probation_s"), [(2, 1.0), (3, 2.0), (4, 4.0), (9, 15.0)])
def test_a_secondary_that_is_lost_again_and_again_is_left_out_for_longer(flaps: int, probation_s: float) -> None:
    """Each time that it comes and goes writes wait for it."""
    scene = Scene(pair(protected=False, b=Role.OUT), {"a1": WELL, "b1": STANDING_BY}, NOW_NS, flaps=flaps)
    rejoin = Begin(OperationKind.REJOIN, {"node": "b1"})
    assert decide(replace(scene, since_given_up_s=probation_s), Timing()) == rejoin
    assert decide(replace(scene, since_given_up_s=probation_s - 0.1), Timing()) is None


def test_a_secondary_that_was_lost_once_is_taken_back_at_once() -> None:
    """Every moment without it is unprotected."""
    scene = Scene(pair(protected=False, b=Role.OUT), {"a1": WELL, "b1": STANDING_BY}, NOW_NS, flaps=1)
    assert decide(scene, Timing()) == Begin(OperationKind.REJOIN, {"node": "b1"})


def test_a_primary_that_we_reach_again_is_no_longer_said_to_be_out_of_reach() -> None:
    """And what was said before is said again."""
    seen = Scene(replace(pair(), reason=UNREACHED), {"a1": WELL, "b1": STANDING_BY}, NOW_NS)
    alone = Scene(replace(pair(protected=False, b=Role.OUT), reason=UNREACHED), {"a1": WELL, "b1": silent(9)}, NOW_NS)
    assert decide(seen, Timing()) == Show(State.RUNNING, "")
    assert decide(alone, Timing()) == Show(State.RUNNING, ALONE)


CHANGED = (
    (Decisions(unprotects=False), pair(), WELL, silent(9), None),
    (Decisions(stops_waiting=False), pair(protected=False, b=Role.OUT), replace(WELL, waits=True), silent(9), None),
    (Decisions(rides_out_blips=False), pair(), silent(0.1), STANDING_BY, OperationKind.FAILOVER),
    (
        Decisions(stays_down_unprotected=False),
        pair(protected=False, b=Role.OUT),
        silent(9),
        STANDING_BY,
        OperationKind.FAILOVER,
    ),
)


@pytest.mark.parametrize(("decisions", "record", "a1", "b1", "kind"), CHANGED)
def test_a_changed_decision_changes_what_is_done(
    decisions: Decisions, record: InstanceRecord, a1: Look, b1: Look, kind: OperationKind | None
) -> None:
    """Each is what a sabotage changes, and only it makes the difference."""
    scene = Scene(record, {"a1": a1, "b1": b1}, NOW_NS)
    action, as_meant = decide(scene, Timing(), decisions), decide(scene, Timing())
    assert (action.kind if isinstance(action, Begin) else None) == kind
    assert action != as_meant
