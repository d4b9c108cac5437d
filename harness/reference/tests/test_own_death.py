"""The manager is killed, by itself half-way or by others: nothing is lost, and the next one goes on from there."""

import pytest

from hadrill.harness.model.instance import State
from hadrill.harness.reference.operations.failover import FAILOVER
from hadrill.harness.reference.operations.switch import SWITCH
from hadrill.harness.reference.tests.pair import LIMIT_S, Pair

pytestmark = pytest.mark.e2e


@pytest.mark.parametrize("step", [step.name for step in SWITCH.steps])
def test_a_switch_survives_the_managers_death(pair: Pair, step: str) -> None:
    """Whichever step it dies before and after, the next manager carries the switch out, with every acknowledged row."""
    pair.die_before(f"switch.{step}")
    old, new = pair.primary, pair.other
    with pair.writing() as writer:
        pair.begin("POST", "/switch")
        pair.die_after(f"switch.{step}")
        pair.stage.start_manager()
        pair.await_rest()
        writer.await_acknowledged(3, LIMIT_S)
    assert (new, old) == (pair.primary, pair.other)
    pair.await_whole(writer.acknowledged)


@pytest.mark.parametrize("step", [step.name for step in FAILOVER.steps])
def test_a_failover_survives_the_managers_death(pair: Pair, step: str) -> None:
    """Whichever step it dies before and after, the next one carries the failover out, with every acknowledged row."""
    pair.die_before(f"failover.{step}")
    old, new = pair.primary, pair.other
    with pair.writing() as writer:
        pair.stage.site.nodes.kill(old)
        pair.die_after(f"failover.{step}")
        pair.stage.start_manager()
        pair.await_state(State.RUNNING, protected=False)
        writer.await_acknowledged(3, LIMIT_S)
        pair.stage.site.nodes.release(old)
        pair.await_rest()
    assert (new, old) == (pair.primary, pair.other)
    pair.await_whole(writer.acknowledged)


def test_while_the_manager_is_gone_nothing_changes(pair: Pair) -> None:
    """Writes go on without it; a server that dies is not replaced until it is back."""
    old, new = pair.primary, pair.other
    with pair.writing() as writer:
        pair.kill_manager()
        writer.await_acknowledged(10, LIMIT_S)
        pair.stage.site.nodes.kill(old)
        writer.await_failures(40, LIMIT_S)  # longer than a failover takes
        assert pair.gates(new)["read_only"]
        pair.stage.start_manager()
        pair.await_state(State.RUNNING, protected=False)
        writer.await_acknowledged(3, LIMIT_S)
        pair.stage.site.nodes.release(old)
        pair.await_rest()
    assert (new, old) == (pair.primary, pair.other)
    pair.await_whole(writer.acknowledged)
