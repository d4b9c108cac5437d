"""What the manager does about a disaster-recovery instance, on hand-made scenes."""

from dataclasses import replace

import pytest

from hadrill.harness.model.disaster_recovery import Synchronization
from hadrill.harness.model.instance import Account, Edition, InstanceType, Member, Role, State
from hadrill.harness.reference.decide_disaster_recovery import decide_disaster_recovery
from hadrill.harness.reference.decisions import Decisions
from hadrill.harness.reference.hosts import ServerState
from hadrill.harness.reference.look import Look
from hadrill.harness.reference.records import InstanceRecord, OperationKind, TaskRecord
from hadrill.harness.reference.scene import Action, Begin, Hurry, Scene, Show, ShowLink, StartServer
from hadrill.harness.reference.settings import Timing

NOW_NS = 100_000_000_000
SERVES = Look(answered_ns=NOW_NS, answers=True, closed=True, offline=False, receiving=True)
CLOSED = replace(SERVES, offline=True)
STOPPED = replace(SERVES, stopped=True)
SILENT = Look(answered_ns=NOW_NS - 2_000_000_000)
ENDED = {"c1": ServerState("exited", held=False)}
ACCOUNT = Account("someone", "secret")

MASTER = InstanceRecord(
    "db-1", Edition.HIGH_AVAILABILITY, State.RUNNING, "", 0, "now", protected=True, owner=ACCOUNT, reader=ACCOUNT,
    members=(Member("a1", Role.PRIMARY), Member("b1", Role.SECONDARY)),
)  # fmt: skip
FOLLOWER = replace(
    MASTER, id="db-2", address=1, protected=False, members=(Member("c1", Role.PRIMARY), Member("d1", Role.SECONDARY)),
    type=InstanceType.DISASTER_RECOVERY, master="db-1", synchronization=Synchronization.SYNCHRONIZING,
    task=TaskRecord(1, "first", "db-1", ()),
)  # fmt: skip
WITHOUT_SECOND = replace(FOLLOWER, members=(Member("c1", Role.PRIMARY), Member("d1", Role.OUT)))
RELINK = Begin(OperationKind.RELINK, {"to": "a1"})


def decided(
    front: Look = SERVES,
    second: Look = CLOSED,
    record: InstanceRecord = FOLLOWER,
    master: InstanceRecord = MASTER,
    decisions: Decisions | None = None,
    **more: object,
) -> Action | None:
    """What is done where the front follows a1 and the second server follows the front, unless more is said."""
    scene = Scene(
        record, {"c1": front, "d1": second}, NOW_NS, follows="a1", second_follows="c1", source="a1", source_answers=True
    )
    return decide_disaster_recovery(
        replace(scene, **more),  # type: ignore[arg-type]  # by name
        master,
        Timing(),
        decisions or Decisions(),
    )


def test_one_that_follows_the_primary_is_left_alone() -> None:
    """Both servers do what they should."""
    assert decided() is None


def test_a_creation_that_was_given_up_is_released() -> None:
    """Nothing of it is left."""
    assert decided(record=replace(FOLLOWER, state=State.CREATING)) == Begin(OperationKind.RELEASE, {})


def test_one_that_was_never_asked_to_synchronize_waits() -> None:
    """Its servers are started where they ended, and nothing else."""
    waits = replace(WITHOUT_SECOND, synchronization=Synchronization.UNSYNCHRONIZED, task=None)
    assert decided(CLOSED, record=waits, follows="") is None
    assert decided(SILENT, record=waits, hosts=ENDED) == StartServer("c1")


def test_an_accepted_task_is_begun_and_begun_anew() -> None:
    """While the master is heard; not at once where it has just failed."""
    copying = replace(WITHOUT_SECOND, synchronization=Synchronization.COPYING)
    assert decided(CLOSED, record=copying) == Begin(OperationKind.SYNCHRONIZE, {"master": "db-1"})
    assert decided(CLOSED, record=copying, settled_s=0.1) is None
    assert decided(CLOSED, record=copying, source_answers=False) is None


def test_the_front_follows_another_primary() -> None:
    """After a switch or a failover of its master; only a changed decision leaves it where it was."""
    assert decided(follows="b1") == RELINK
    stays = decided(follows="b1", decisions=Decisions(recovery_follows=False))
    assert stays is None


@pytest.mark.parametrize("state", [State.SWITCHING, State.FAILING_OVER, State.DOWN, State.RELEASED])
def test_it_waits_for_its_master_to_have_a_primary(state: State) -> None:
    """There is nobody to be compared with."""
    assert not isinstance(decided(follows="b1", master=replace(MASTER, state=state)), Begin)


def test_one_that_does_not_serve_or_replicate_is_compared_and_follows_again() -> None:
    """Every server is closed when it starts, and one that stopped does not go on by itself."""
    assert decided(CLOSED) == decided(STOPPED) == RELINK


def test_one_that_was_started_again_serves_without_its_master() -> None:
    """What it holds can be read whoever is lost; but not half a copy."""
    assert decided(CLOSED, source_answers=False) == Begin(OperationKind.RESUME, {"from": "a1"})
    astray = Begin(OperationKind.RESUME, {"from": ""})  # it would follow the one that is to follow it
    assert decided(CLOSED, source_answers=False, follows="d1") == astray
    rebuilding = replace(FOLLOWER, state=State.REBUILDING)
    assert not isinstance(decided(CLOSED, record=rebuilding, source_answers=False), Begin)


def test_a_lost_front_is_replaced_by_the_second_server() -> None:
    """At once where its process ended, else after a while in which its address does not hear it either."""
    taken_over = Begin(OperationKind.TAKE_OVER, {"from": "c1", "to": "d1"})
    assert decided(SILENT) == decided(replace(SILENT, answered_ns=NOW_NS), hosts=ENDED) == taken_over
    assert decided(replace(SILENT, answered_ns=NOW_NS - 300_000_000)) is None
    assert decided(SILENT, address_sees=True) is None


def test_without_a_second_server_it_is_down_and_started_again() -> None:
    """It says so first."""
    assert decided(SILENT, SILENT, hosts=ENDED) == Show(State.DOWN, "its server ended")
    down = replace(FOLLOWER, state=State.DOWN)
    assert decided(SILENT, SILENT, record=down, hosts=ENDED) == StartServer("c1")


def test_a_lost_second_server_parts_and_joins() -> None:
    """It parts after a while, is started, and joins when it answers."""
    assert decided(second=SILENT) == Begin(OperationKind.PART, {"node": "d1"})
    ended = {"d1": ServerState("exited", held=False)}
    assert decided(second=SILENT, record=WITHOUT_SECOND, hosts=ended) == StartServer("d1")
    assert decided(record=WITHOUT_SECOND) == Begin(OperationKind.JOIN, {"node": "d1"})


def test_a_second_server_joins_at_once_and_after_a_moment_where_that_failed() -> None:
    """The front was admitted just now, or an operation was undone just now."""
    join = Begin(OperationKind.JOIN, {"node": "d1"})
    assert decided(record=WITHOUT_SECOND, settled_s=0.0) == join
    assert decided(record=WITHOUT_SECOND, settled_s=0.1, undone=True) is None
    assert decided(record=WITHOUT_SECOND, settled_s=1.0, undone=True) == join


@pytest.mark.parametrize("second", [replace(CLOSED, stopped=True), CLOSED])
def test_a_second_server_that_does_not_follow_the_front_joins(second: Look) -> None:
    """It was started again, or follows whom it followed before."""
    follows = "c1" if second.stopped else "a1"
    assert decided(second=second, second_follows=follows) == Begin(OperationKind.JOIN, {"node": "d1"})


def test_a_front_that_is_not_replaced_is_waited_for() -> None:
    """The decision that a sabotage changes."""
    changed = Decisions(recovery_fails_over=False)
    assert isinstance(decided(SILENT), Begin)
    assert not isinstance(decided(SILENT, decisions=changed), Begin)


def test_one_that_rests_is_hurried_while_its_source_answers() -> None:
    """By itself it would try again in a second; the source has answered since it refused."""
    rests = replace(SERVES, receiving=False, resting=True)
    seen_ns = NOW_NS - 50_000_000
    assert decided(rests, not_receiving_s=0.1, source_seen_ns=seen_ns) == Hurry("c1")
    assert decided(replace(rests, resting=False), not_receiving_s=0.1, source_seen_ns=seen_ns) is None
    assert decided(rests, not_receiving_s=0.1, source_seen_ns=seen_ns, source_answers=False) is None
    assert decided(rests, not_receiving_s=0.01, source_seen_ns=seen_ns) is None
    assert decided(rests, not_receiving_s=0.1, source_seen_ns=seen_ns, follows="b1") == RELINK
    assert decided(rests, not_receiving_s=2.0, source_seen_ns=seen_ns) != Hurry("c1")


def test_an_interruption_is_said_once_and_taken_back() -> None:
    """Readers read on, of what it holds."""
    reason = "it does not receive from a1, its master's primary; what it holds grows old"
    shown = ShowLink(Synchronization.INTERRUPTED, reason)
    interrupted = replace(FOLLOWER, synchronization=Synchronization.INTERRUPTED, reason=reason)
    assert decided(not_receiving_s=2.0) == shown
    assert decided(record=interrupted, not_receiving_s=2.0) is None
    assert decided(record=interrupted) == ShowLink(Synchronization.SYNCHRONIZING, "")


def test_a_released_master_interrupts_it_for_good() -> None:
    """It can still be promoted."""
    action = decided(master=replace(MASTER, state=State.RELEASED, members=()), follows="", source="")
    assert isinstance(action, ShowLink)
    assert action.synchronization is Synchronization.INTERRUPTED
