"""What the manager does about a read-only instance, on hand-made scenes."""

from dataclasses import replace

import pytest

from hadrill.harness.model.instance import Account, Edition, InstanceType, Member, Role, State
from hadrill.harness.reference.decide_read_only import CLOSED, UNREACHED, decide_read_only
from hadrill.harness.reference.decisions import Decisions
from hadrill.harness.reference.hosts import ServerState
from hadrill.harness.reference.look import Look
from hadrill.harness.reference.records import InstanceRecord, OperationKind
from hadrill.harness.reference.scene import Action, Begin, Scene, Show, StartServer
from hadrill.harness.reference.settings import Timing

NOW_NS = 100_000_000_000
SERVES = Look(answered_ns=NOW_NS, answers=True, closed=True, offline=False, receiving=True)
SILENT = Look(answered_ns=NOW_NS - 2_000_000_000)
ACCOUNT = Account("someone", "secret")

MASTER = InstanceRecord(
    "db-1", Edition.HIGH_AVAILABILITY, State.RUNNING, "", 0, "now", protected=True, owner=ACCOUNT, reader=ACCOUNT,
    members=(Member("a1", Role.PRIMARY), Member("b1", Role.SECONDARY)),
)  # fmt: skip
FOLLOWER = replace(
    MASTER, id="db-2", edition=Edition.BASIC, address=1, members=(Member("a3", Role.READ_ONLY),),
    type=InstanceType.READ_ONLY, master="db-1",
)  # fmt: skip
REPOINT = Begin(OperationKind.REPOINT, {"to": "a1"})


def decided(
    look: Look, record: InstanceRecord = FOLLOWER, master: InstanceRecord = MASTER, **more: object
) -> Action | None:
    """What is done about a read-only instance that follows a1, unless more is said."""
    scene = replace(Scene(record, {"a3": look}, NOW_NS, follows="a1"), **more)  # type: ignore[arg-type]  # by name
    return decide_read_only(scene, master, Timing())


def test_one_that_follows_the_primary_is_left_alone() -> None:
    """It serves, and receives from whom it should."""
    assert decided(SERVES) is None


def test_one_that_follows_another_than_the_primary_is_repointed() -> None:
    """After a switch or a failover its master's record names another."""
    assert decided(SERVES, follows="b1") == REPOINT


def test_it_follows_the_primary_and_never_the_secondary() -> None:
    """A secondary may fall behind, or not be up; only a decision that was changed points it there."""
    scene = Scene(FOLLOWER, {"a3": SERVES}, NOW_NS, follows="b1")
    changed = Decisions(follows_primary_only=False)
    lost = replace(MASTER, members=(Member("a1", Role.PRIMARY), Member("b1", Role.OUT)))
    for master in (MASTER, lost):
        assert decide_read_only(scene, master, Timing()) == REPOINT
        assert decide_read_only(scene, master, Timing(), changed) is None


def test_one_that_should_not_follow_stays_where_it_was() -> None:
    """The decision that a sabotage changes."""
    scene = Scene(FOLLOWER, {"a3": SERVES}, NOW_NS, follows="b1")
    assert decide_read_only(scene, MASTER, Timing(), Decisions(read_only_follows=False)) is None


@pytest.mark.parametrize("state", [State.CREATING, State.SWITCHING, State.FAILING_OVER, State.DOWN])
def test_it_waits_for_its_master_to_have_a_primary(state: State) -> None:
    """While roles change, or nobody is there, there is nobody to be compared with."""
    action = decided(SERVES, master=replace(MASTER, state=state), follows="b1")
    assert not isinstance(action, Begin)


def test_it_does_not_wait_for_the_end_of_a_switch_that_clients_do_not_wait_for() -> None:
    """Its master's address is open; the old primary is busy becoming the secondary."""
    switching = replace(MASTER, state=State.SWITCHING)
    assert decided(SERVES, master=switching, master_step="switch.settle", follows="b1") == REPOINT
    assert decided(SERVES, master=switching, master_step="switch.admit", follows="b1") is None


@pytest.mark.parametrize(
    "look",
    [replace(SERVES, offline=True), replace(SERVES, stopped=True)],
    ids=["started again", "stopped replicating"],
)
def test_one_that_does_not_serve_or_replicate_is_compared_and_follows_again(look: Look) -> None:
    """Every server is closed when it starts, and one that stopped does not go on by itself."""
    assert decided(look) == REPOINT


def test_one_that_should_not_return_stays_out() -> None:
    """The decision that a sabotage changes."""
    down, changed = replace(FOLLOWER, state=State.DOWN), Decisions(read_only_returns=False)
    for look in (SERVES, replace(SERVES, offline=True, stopped=True)):
        scene = Scene(down, {"a3": look}, NOW_NS, follows="a1")
        assert decide_read_only(scene, MASTER, Timing(), changed) is None


@pytest.mark.parametrize("state", [State.DOWN, State.REBUILDING])
def test_what_ended_half_way_is_begun_again(state: State) -> None:
    """Its server is there."""
    assert decided(SERVES, replace(FOLLOWER, state=state)) == REPOINT


def test_one_that_restarts_while_its_master_is_down_stays_closed() -> None:
    """It may have run ahead; nobody can say yet."""
    down = replace(MASTER, state=State.DOWN)
    assert decided(replace(SERVES, offline=True), master=down) == Show(State.DOWN, CLOSED)


def test_a_lost_link_is_said_once() -> None:
    """Readers read on."""
    reason = "it does not receive from a1; what it shows grows old"
    assert decided(SERVES, not_receiving_s=2.0) == Show(State.RUNNING, reason)
    assert decided(SERVES, replace(FOLLOWER, reason=reason), not_receiving_s=2.0) is None
    assert decided(SERVES, replace(FOLLOWER, reason=reason)) == Show(State.RUNNING, "")


def test_a_master_that_is_down_is_said() -> None:
    """Readers read on, of what was there."""
    action = decided(SERVES, master=replace(MASTER, state=State.DOWN))
    assert action == Show(State.RUNNING, "its master is down; what it shows grows old")


def test_a_short_silence_is_nothing() -> None:
    """A blip."""
    assert decided(replace(SILENT, answered_ns=NOW_NS - 300_000_000)) is None


def test_one_that_only_we_cannot_reach_serves_on() -> None:
    """Its address hears it."""
    assert decided(SILENT, address_sees=True) == Show(State.RUNNING, UNREACHED)


def test_one_that_nobody_hears_is_down() -> None:
    """Said first; then its host starts it where it ended."""
    ended = {"a3": ServerState("exited", held=False)}
    assert decided(SILENT) == Show(State.DOWN, "its server does not answer")
    assert decided(SILENT, hosts=ended) == Show(State.DOWN, "its server ended")
    assert decided(SILENT, replace(FOLLOWER, state=State.DOWN), hosts=ended) == StartServer("a3")


def test_half_a_copy_is_remembered_as_one() -> None:
    """Its server ended while it was being rebuilt: it is started, and its state still says that it must be copied."""
    ended = {"a3": ServerState("exited", held=False)}
    assert decided(SILENT, replace(FOLLOWER, state=State.REBUILDING), hosts=ended) == StartServer("a3")


def test_a_creation_that_was_given_up_is_released() -> None:
    """Nothing of it is left."""
    assert decided(SERVES, replace(FOLLOWER, state=State.CREATING)) == Begin(OperationKind.RELEASE, {})
