"""Servers are lost and come back: what was acknowledged stays, what was not agreed on goes."""

import pytest

from hadrill.harness.engines.mysql import statements as sql
from hadrill.harness.engines.mysql.session import SqlError
from hadrill.harness.faults.effect import CUT
from hadrill.harness.faults.plan import boundary
from hadrill.harness.model.instance import Role, State
from hadrill.harness.model.topology import MANAGER, Link
from hadrill.harness.reference.tests.pair import LIMIT_S, Pair
from hadrill.harness.reference.tests.passing import await_passing
from hadrill.harness.reference.tests.writer import INSERT
from hadrill.harness.wait import until

pytestmark = pytest.mark.e2e

ERRANT = 1_000_000_000
BLIP_S = 0.3
ASLEEP_S = 6.0
"""Longer than a patient manager waits for anybody."""
MOMENT_S = 0.6
"""A look fails in it, and a secondary is not given up yet."""


def await_answer(pair: Pair, node: str) -> None:
    """Wait until a node's server answers the judge."""
    until(lambda: bool(pair.gates(node)), f"{node} to answer", timeout_s=LIMIT_S, tolerate=(SqlError,))


def test_a_diverged_old_primary_is_rebuilt(pair: Pair) -> None:
    """A row that only the cut-off old primary has is found by its GTID, and gone once it is the secondary."""
    old, topology, links = pair.primary, pair.stage.site.inventory.topology, pair.stage.site.links
    rack, before = topology.node(old).rack, pair.seen("diverged")
    with pair.writing() as writer:
        links.apply(CUT.on(boundary(topology, rack)))
        pair.await_state(State.RUNNING, protected=False)
        with pair.direct(old, pair.service_account()) as cut_off:
            cut_off.run(*sql.SOURCE_DOES_NOT_WAIT)
            cut_off.rows(INSERT, (ERRANT,))
        writer.await_acknowledged(3, LIMIT_S)
        links.heal(boundary(topology, rack))
        pair.await_rest()
    assert (pair.other, pair.seen("diverged")) == (old, before + 1)
    pair.await_whole(writer.acknowledged)
    assert ERRANT not in pair.rows(old)


def test_an_unprotected_primary_is_not_replaced(pair: Pair) -> None:
    """Killed while it alone holds what it acknowledged, it is waited for, though the secondary is back before it."""
    primary, secondary, nodes = pair.primary, pair.other, pair.stage.site.nodes
    with pair.writing() as writer:
        nodes.kill(secondary)
        pair.await_state(State.RUNNING, protected=False)
        writer.await_acknowledged(10, LIMIT_S)
        nodes.kill(primary)
        down = pair.await_state(State.DOWN, protected=False)
        nodes.release(secondary)
        await_answer(pair, secondary)
        writer.await_failures(40, LIMIT_S)  # longer than a failover takes
        still = pair.now
        assert (still.having(Role.PRIMARY), still.state, pair.writable()) == ((primary,), State.DOWN, [])
        nodes.release(primary)
        pair.await_rest()
        writer.await_acknowledged(3, LIMIT_S)
    assert "alone held what it acknowledged" in down.reason
    assert primary == pair.primary
    pair.await_whole(writer.acknowledged)


def test_what_was_acknowledged_is_applied_before_the_failover_ends(pair: Pair) -> None:
    """The secondary acknowledged rows that it had not applied; they are there when it takes writes."""
    primary, secondary, nodes = pair.primary, pair.other, pair.stage.site.nodes
    with pair.writing() as writer:
        with pair.direct(secondary, pair.service_account()) as server:
            server.run("STOP REPLICA SQL_THREAD")
        writer.await_acknowledged(10, LIMIT_S)
        nodes.kill(primary)
        pair.await_state(State.RUNNING, protected=False)
        writer.await_acknowledged(3, LIMIT_S)
        nodes.release(primary)
        pair.await_rest()
    assert (secondary, primary) == (pair.primary, pair.other)
    pair.await_whole(writer.acknowledged)


@pytest.mark.parametrize("role", [Role.PRIMARY, Role.SECONDARY])
def test_a_blip_changes_nothing(pair: Pair, role: Role) -> None:
    """A server that does not run for 300 ms keeps its role."""
    node, nodes, service = pair.now.having(role)[0], pair.stage.site.nodes, pair.stage.service
    with pair.patient(), pair.writing() as writer:
        before = (pair.now, service.events(0))
        nodes.pause(node)
        await_passing(BLIP_S)
        nodes.resume(node)
        writer.await_acknowledged(20, LIMIT_S)
        assert before == (pair.now, service.events(0))
    pair.await_whole(writer.acknowledged)


def test_what_the_manager_slept_through_is_nobodys_silence(pair: Pair) -> None:
    """A server that does not answer just as it wakes up has been silent for that moment, and not all along."""
    secondary, site, service = pair.other, pair.stage.site, pair.stage.service
    with pair.patient(), pair.writing() as writer:
        before, manager = (pair.now, service.events(0)), site.process(MANAGER)
        manager.pause()
        await_passing(ASLEEP_S)
        site.nodes.pause(secondary)
        manager.resume()
        await_passing(MOMENT_S)
        site.nodes.resume(secondary)
        writer.await_acknowledged(20, LIMIT_S)
        assert before == (pair.now, service.events(0))
    pair.await_whole(writer.acknowledged)


def test_a_flapping_secondary_does_not_hold_writes_up_for_good(pair: Pair) -> None:
    """It is lost again and again on its way back; writes go on each time, and in the end it is the secondary."""
    primary, secondary, nodes = pair.primary, pair.other, pair.stage.site.nodes
    with pair.writing() as writer:
        for _ in range(4):
            nodes.kill(secondary)
            writer.await_acknowledged(3, LIMIT_S)
            nodes.release(secondary)
            await_answer(pair, secondary)
        pair.await_rest()
    assert (primary, secondary) == (pair.primary, pair.other)
    pair.await_whole(writer.acknowledged)


def test_a_paused_secondary_is_taken_back_when_it_goes_on(pair: Pair) -> None:
    """Writes go on without it for as long as it is paused."""
    secondary, nodes = pair.other, pair.stage.site.nodes
    with pair.writing() as writer:
        nodes.pause(secondary)
        pair.await_state(State.RUNNING, protected=False)
        writer.await_acknowledged(10, LIMIT_S)
        nodes.resume(secondary)
        pair.await_rest()
    assert secondary == pair.other
    pair.await_whole(writer.acknowledged)


def test_a_primary_that_waits_in_vain_is_told_not_to(pair: Pair) -> None:
    """Nobody may wait for a secondary that is not there, however it came about."""
    secondary, nodes = pair.other, pair.stage.site.nodes
    with pair.writing() as writer:
        nodes.kill(secondary)
        pair.await_state(State.RUNNING, protected=False)
        with pair.direct(pair.primary, pair.service_account()) as server:
            server.run(*sql.SOURCE_WAITS)
        writer.await_acknowledged(10, LIMIT_S)
        assert not pair.gates(pair.primary)["waits"]
        nodes.release(secondary)
        pair.await_rest()
    pair.await_whole(writer.acknowledged)


def test_both_servers_lost_at_once_come_back_whole(pair: Pair) -> None:
    """Whichever comes back first: nothing acknowledged is missing afterwards."""
    nodes = pair.stage.site.nodes
    both = (pair.other, pair.primary)
    with pair.writing() as writer:
        for node in both:
            nodes.kill(node)
        pair.await_state(State.DOWN, protected=True)
        for node in both:
            nodes.release(node)
        pair.await_rest()
        writer.await_acknowledged(3, LIMIT_S)
    pair.await_whole(writer.acknowledged)
    assert writer.acknowledged <= pair.rows(both[0]) & pair.rows(both[1])


def test_a_switch_whose_old_primary_is_lost_half_way_ends_with_one_primary(pair: Pair) -> None:
    """Past its turn a switch cannot be undone: the new primary takes writes alone until the old one is back."""
    pair.die_before("switch.admit")
    old, new, nodes = pair.primary, pair.other, pair.stage.site.nodes
    with pair.writing() as writer:
        pair.begin("POST", "/switch")
        pair.await_death()
        nodes.kill(old)
        pair.stage.start_manager()
        pair.await_state(State.RUNNING, protected=False)
        writer.await_acknowledged(3, LIMIT_S)
        nodes.release(old)
        pair.await_rest()
    assert (new, old) == (pair.primary, pair.other)
    pair.await_whole(writer.acknowledged)


def test_a_secondary_that_cannot_catch_up_blinds_nobody(pair: Pair) -> None:
    """While its way to the primary is cut, the primary's own loss is seen and its return is too."""
    primary, secondary, nodes, links = pair.primary, pair.other, pair.stage.site.nodes, pair.stage.site.links
    way = Link(secondary, primary)
    with pair.writing() as writer:
        links.apply(CUT.on((way,)))
        pair.await_state(State.RUNNING, protected=False)
        pair.await_step("rejoin", "attach")
        writer.await_acknowledged(10, LIMIT_S)
        nodes.kill(primary)
        pair.await_state(State.DOWN, protected=False)
        nodes.release(primary)
        pair.await_state(State.RUNNING, protected=False)
        writer.await_acknowledged(3, LIMIT_S)
        links.heal([way])
        pair.await_rest()
    assert (primary, secondary) == (pair.primary, pair.other)
    pair.await_whole(writer.acknowledged)
