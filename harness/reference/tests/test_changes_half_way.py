"""The manager, or a server, dies in the midst of an upgrade or a change: finished or undone, never between."""

import pytest

from hadrill.harness.model.instance import Edition, Role, Specification, State
from hadrill.harness.reference.operations.change import CHANGE
from hadrill.harness.reference.operations.rolling_change import ROLLING_CHANGE
from hadrill.harness.reference.operations.upgrade import UPGRADE
from hadrill.harness.reference.tests.pair import LIMIT_S, Pair

pytestmark = pytest.mark.e2e

SIZES = (Specification(), Specification(96, 250))


def other_size(pair: Pair) -> Specification:
    """A size that the instance does not have."""
    return next(size for size in SIZES if size != pair.now.specification)


def ask_for(pair: Pair, size: Specification) -> None:
    """Ask for a change of size."""
    wanted = {"memory_mib": size.memory_mib, "connections": size.connections}
    pair.begin("PATCH", "/specification", {"specification": wanted})


def require_truth(pair: Pair) -> None:
    """Every server runs with what the instance shows."""
    now = pair.now
    assert {member.node: now.specification for member in now.members} == {
        m.node: pair.size(m.node) for m in now.members
    }


def require_basic(basic: Pair, acknowledged: frozenset[int]) -> None:
    """One server, with every acknowledged row; the other nodes are free."""
    primary = basic.await_idle().having(Role.PRIMARY)[0]
    assert [primary] == [member.node for member in basic.now.members]
    assert not basic.now.protected
    assert acknowledged <= basic.rows(primary)
    topology = basic.stage.site.inventory.topology
    free = [node.name for node in topology.nodes if node.name != primary]
    assert ["absent"] * len(free) == [basic.stage.site.nodes.state(node).state for node in free]


@pytest.mark.parametrize("step", [step.name for step in UPGRADE.steps])
def test_an_upgrade_survives_the_managers_death(basic: Pair, step: str) -> None:
    """Whichever step it dies before and after, the next manager carries it out; clients notice nothing of either."""
    basic.die_before(f"upgrade.{step}")
    before = basic.now
    with basic.writing() as writer:
        basic.begin("PATCH", "/specification", {"edition": Edition.HIGH_AVAILABILITY})
        basic.die_after(f"upgrade.{step}")
        writer.await_acknowledged(3, LIMIT_S)
        basic.stage.start_manager()
        after = basic.await_rest()
        writer.await_acknowledged(3, LIMIT_S)
    assert (after.edition, after.having(Role.PRIMARY)) == (Edition.HIGH_AVAILABILITY, before.having(Role.PRIMARY))
    basic.await_whole(writer.acknowledged)


@pytest.mark.parametrize("step", [step.name for step in UPGRADE.steps[1:]])  # before the first one there is no server
@pytest.mark.parametrize("role", [Role.PRIMARY, Role.OUT])
def test_an_upgrade_whose_server_is_lost_is_undone(basic: Pair, step: str, role: Role) -> None:
    """Whichever of the two it is: the instance is what it was, and the new server is gone."""
    basic.die_before(f"upgrade.{step}")
    nodes = basic.stage.site.nodes
    with basic.writing() as writer:
        basic.begin("PATCH", "/specification", {"edition": Edition.HIGH_AVAILABILITY})
        basic.await_death()
        lost = basic.member(role)
        nodes.kill(lost)
        basic.stage.start_manager()
        outcome = basic.await_outcome("upgrade")
        nodes.release(lost, start=False)
        basic.await_idle()
        writer.await_acknowledged(3, LIMIT_S)
    assert (outcome, basic.now.edition) == ("undone", Edition.BASIC)
    require_basic(basic, writer.acknowledged)


@pytest.mark.parametrize("step", [step.name for step in CHANGE.steps])
def test_a_change_of_a_basic_instance_survives_the_managers_death(basic: Pair, step: str) -> None:
    """Whichever step it dies before and after, the next manager carries it out."""
    basic.die_before(f"change.{step}")
    wanted = other_size(basic)
    with basic.writing() as writer:
        ask_for(basic, wanted)
        basic.die_after(f"change.{step}")
        basic.stage.start_manager()
        assert basic.await_outcome("change") == "done"
        writer.await_acknowledged(3, LIMIT_S)
    assert wanted == basic.now.specification
    require_truth(basic)
    require_basic(basic, writer.acknowledged)


@pytest.mark.parametrize("step", [step.name for step in CHANGE.steps])
def test_a_change_of_a_basic_instance_whose_server_is_lost_ends_in_truth(basic: Pair, step: str) -> None:
    """It is down until its server is back, which then runs with what the instance shows."""
    basic.die_before(f"change.{step}")
    nodes, node = basic.stage.site.nodes, basic.primary
    with basic.writing() as writer:
        ask_for(basic, other_size(basic))
        basic.await_death()
        nodes.kill(node)
        basic.stage.start_manager()
        basic.await_outcome("change")
        nodes.release(node, start=False)
        basic.await_idle()
        writer.await_acknowledged(3, LIMIT_S)
    require_truth(basic)
    require_basic(basic, writer.acknowledged)


@pytest.mark.parametrize("step", [step.name for step in ROLLING_CHANGE.steps])
def test_a_rolling_change_survives_the_managers_death(pair: Pair, step: str) -> None:
    """Whichever step it dies before and after, the next manager carries it out, with every acknowledged row."""
    pair.die_before(f"rolling-change.{step}")
    old, new, wanted = pair.primary, pair.other, other_size(pair)
    with pair.writing() as writer:
        ask_for(pair, wanted)
        pair.die_after(f"rolling-change.{step}")
        pair.stage.start_manager()
        assert pair.await_outcome("rolling-change") == "done"
        pair.await_rest()
        writer.await_acknowledged(3, LIMIT_S)
    assert (new, old, wanted) == (pair.primary, pair.other, pair.now.specification)
    require_truth(pair)
    pair.await_whole(writer.acknowledged)


@pytest.mark.parametrize(("step", "first"), [(step.name, k % 2 == 0) for k, step in enumerate(ROLLING_CHANGE.steps)])
def test_a_rolling_change_whose_server_is_lost_ends_in_truth(pair: Pair, step: str, first: bool) -> None:
    """Now one of the two, now the other: the pair is whole once it is back, and both run with what it shows."""
    pair.die_before(f"rolling-change.{step}")
    nodes, lost = pair.stage.site.nodes, pair.primary if first else pair.other
    with pair.writing() as writer:
        ask_for(pair, other_size(pair))
        pair.await_death()
        nodes.kill(lost)
        pair.stage.start_manager()
        pair.await_outcome("rolling-change")
        nodes.release(lost)
        writer.await_acknowledged(3, LIMIT_S)
        pair.await_rest()
    assert pair.now.state is State.RUNNING
    require_truth(pair)
    pair.await_whole(writer.acknowledged)


def test_a_primary_that_is_back_before_it_is_replaced_runs_with_what_is_shown(pair: Pair) -> None:
    """A change that was given up for its sake had changed the other server and the record by then."""
    pair.die_before("rolling-change.close")
    lost, wanted = pair.primary, other_size(pair)
    with pair.writing() as writer:
        ask_for(pair, wanted)
        pair.await_death()
        pair.give_up_operation()
        pair.stage.start_manager()
        pair.await_rest()
        writer.await_acknowledged(3, LIMIT_S)
    assert (lost, wanted) == (pair.primary, pair.now.specification)
    require_truth(pair)
    pair.await_whole(writer.acknowledged)
