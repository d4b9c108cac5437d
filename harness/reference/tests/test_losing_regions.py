"""A master's whole region is lost, or cut off, and its disaster-recovery instance is promoted on real servers."""

import time

import pytest

from hadrill.environments.embedded.site import Parts
from hadrill.harness.engines.mysql.session import SqlError
from hadrill.harness.errors import ServiceRefused
from hadrill.harness.faults.effect import slow
from hadrill.harness.model.disaster_recovery import Synchronization
from hadrill.harness.model.instance import Instance, Role, State
from hadrill.harness.model.topology import Link
from hadrill.harness.reference.refusals import Code
from hadrill.harness.reference.tests.pair import LIMIT_S, Pair
from hadrill.harness.reference.tests.recovery import AWAY, Recovery, cut_off, pair_in_two_regions
from hadrill.harness.reference.tests.writer import INSERT
from hadrill.harness.wait import NotYet, until

pytestmark = pytest.mark.e2e

PROMISED_S = 10.0


def promote(recovery: Recovery, accept_divergence: str = "") -> float:
    """Promote it; seconds until its first write was acknowledged."""
    began_s = time.monotonic()
    recovery.pair.stage.service.promote(
        recovery.id, confirm=recovery.id, accept_divergence=accept_divergence, timeout_s=LIMIT_S
    )
    with recovery.connect() as owner:
        owner.rows(INSERT, (-1,))
    return time.monotonic() - began_s


def test_a_region_that_is_lost_is_replaced_in_seconds(recovery: Recovery) -> None:
    """Nobody has to accept anything: every server of the master has ended. Its return changes nothing."""
    pair, nodes = recovery.pair, recovery.pair.stage.site.nodes
    old = [member.node for member in pair.now.members]
    with pair.writing() as writer:
        writer.await_acknowledged(10, LIMIT_S)
        shown = writer.acknowledged
        pair.await_held(recovery.front, shown)
        for node in old:
            nodes.kill(node)
        took_s = promote(recovery)
        before = writer.acknowledged
    assert took_s < PROMISED_S
    recovery.pair.stage.service.await_protected(recovery.id, timeout_s=LIMIT_S)
    held = recovery.shown()
    assert shown <= held
    assert not [key for key in before - held if key < max(before & held)]  # the newest may be missing, and only those
    for node in old:
        nodes.release(node)
    pair.await_rest()
    with pair.writing() as writer:
        writer.await_acknowledged(3, LIMIT_S)
    assert (recovery.shown(), recovery.now.having(Role.PRIMARY)) == (held, recovery.now.having(Role.PRIMARY))
    assert recovery.ask("POST", "/synchronizations", name="again")[1] == Code.PROMOTED_FOR_GOOD


def test_a_region_that_is_cut_off_may_be_alive(recovery: Recovery) -> None:
    """The lag that is shown grows; it is promoted once divergence is accepted, and waits for nobody then."""
    pair, service = recovery.pair, recovery.pair.stage.service
    with cut_off(pair, "north"):
        recovery.await_synchronization(Synchronization.INTERRUPTED)
        first = recovery.lag_s or 0.0
        until(lambda: (recovery.lag_s or 0) > first + 1 or NotYet("no more"), "lag to grow", timeout_s=LIMIT_S)
        with pytest.raises(ServiceRefused, match="may be alive"):
            service.promote(recovery.id, confirm=recovery.id, timeout_s=LIMIT_S)
        assert promote(recovery, pair.id) < PROMISED_S
        service.await_protected(recovery.id, timeout_s=LIMIT_S)
    pair.await_rest()
    assert -1 not in pair.rows(pair.primary)


def test_what_was_received_is_applied_before_it_takes_writes(recovery: Recovery) -> None:
    """Its applier is far behind when the region is lost."""
    pair, nodes = recovery.pair, recovery.pair.stage.site.nodes
    with pair.direct(recovery.front, pair.service_account()) as blocker:
        blocker.run("LOCK TABLES drill.written READ")
        with pair.writing() as writer:
            writer.await_acknowledged(50, LIMIT_S)
        with pair.direct(pair.primary) as primary, pair.direct(recovery.front) as front:
            executed = primary.row("SELECT @@GLOBAL.gtid_executed AS executed")["executed"]

            def received() -> bool | NotYet:
                has = front.row("SHOW REPLICA STATUS")
                whole = f"{has['Retrieved_Gtid_Set']},{has['Executed_Gtid_Set']}"
                return front.row("SELECT GTID_SUBSET(%s, %s) AS all_of_it", (executed, whole))["all_of_it"] == 1 or (
                    NotYet(whole)
                )

            until(received, "the front to receive all", timeout_s=LIMIT_S)
        assert not writer.acknowledged <= pair.rows(recovery.front)
        for member in pair.now.members:
            nodes.kill(member.node)
        status, _ = recovery.ask("POST", "/promotion", confirm=recovery.id)
        blocker.run("UNLOCK TABLES")
    assert status == 202

    def promoted() -> Instance | NotYet:
        now = recovery.now
        return now if now.promoted_from and now.state is State.RUNNING else NotYet(str(now))

    until(promoted, "it to be promoted", timeout_s=LIMIT_S, tolerate=(SqlError,))
    assert writer.acknowledged <= recovery.shown()


def test_a_promotion_waits_for_no_copy(parts: Parts) -> None:
    """The second server is being copied over a slow line when the region is lost; it is copied anew afterwards."""
    with pair_in_two_regions(parts) as pair:
        service, nodes, links = pair.stage.service, pair.stage.site.nodes, pair.stage.site.links
        made = service.create_disaster_recovery(pair.id, AWAY, timeout_s=LIMIT_S)
        recovery = Recovery(pair, made.id)
        way = Link(made.having(Role.OUT)[0], recovery.front)
        links.apply(slow(1, 1000).on((way,)))
        service.begin_synchronization(recovery.id, "first")
        pair.await_step("join", "compare")
        for member in pair.now.members:
            nodes.kill(member.node)
        assert promote(recovery) < PROMISED_S
        links.heal([way])
        service.await_protected(recovery.id, timeout_s=LIMIT_S)
        with recovery.connect() as owner:
            owner.rows(INSERT, (-2,))
        pair.await_held(recovery.now.having(Role.SECONDARY)[0], frozenset({-1, -2}))


def test_the_second_server_is_promoted_where_the_front_is_lost_too(recovery: Recovery) -> None:
    """Whatever is lost with the master's region, one server of the two is enough."""
    pair, nodes = recovery.pair, recovery.pair.stage.site.nodes
    with pair.writing() as writer:
        writer.await_acknowledged(10, LIMIT_S)
    recovery.await_alike()
    lost = recovery.front
    for node in (lost, *(member.node for member in pair.now.members)):
        nodes.kill(node)
    assert promote(recovery) < PROMISED_S
    assert writer.acknowledged <= recovery.shown()
    nodes.release(lost)
    assert pair.stage.service.await_protected(recovery.id, timeout_s=LIMIT_S).having(Role.SECONDARY) == (lost,)


def test_a_living_master_is_switched_back_to_a_new_one(recovery: Recovery) -> None:
    """After a promotion the old side is released; a new instance there follows, and takes the place back, whole."""
    pair, service = recovery.pair, recovery.pair.stage.service
    promote(recovery, pair.id)
    service.await_protected(recovery.id, timeout_s=LIMIT_S)
    service.release(pair.id, timeout_s=LIMIT_S)
    away = Pair(pair.stage, recovery.id)
    back = Recovery(away, service.create_disaster_recovery(recovery.id, "north", timeout_s=LIMIT_S).id)
    with away.writing() as writer:
        back.synchronize()
        assert service.verify(back.id, timeout_s=LIMIT_S).differences == ()
        writer.await_acknowledged(3, LIMIT_S)
        service.switch_back(back.id, confirm=back.id, timeout_s=LIMIT_S)
        there = writer.acknowledged
        writer.await_failures(3, LIMIT_S)
    with back.connect() as owner:
        owner.rows(INSERT, (-2,))
    service.await_protected(back.id, timeout_s=LIMIT_S)
    assert writer.acknowledged == there <= back.shown()
    assert away.writable() == []
    assert (away.now.state, away.now.reason) == (State.DOWN, f"{back.id} takes its place")
