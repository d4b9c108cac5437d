"""Disaster-recovery instances on real servers: delivered, synchronized, kept, compared, and promoted for good."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from hadrill.environments.embedded.site import Parts
from hadrill.harness.engines.mysql.session import SqlError
from hadrill.harness.errors import ServiceRefused
from hadrill.harness.faults.effect import CUT
from hadrill.harness.model.disaster_recovery import Synchronization
from hadrill.harness.model.instance import InstanceType, Role, State
from hadrill.harness.model.topology import Link
from hadrill.harness.reference.refusals import Code
from hadrill.harness.reference.tests.pair import LIMIT_S, Pair
from hadrill.harness.reference.tests.read_only import running_ahead
from hadrill.harness.reference.tests.recovery import AWAY, Recovery, cut_off, new_recovery, pair_in_two_regions
from hadrill.harness.reference.tests.writer import INSERT
from hadrill.harness.wait import NotYet, until

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def pair(parts: Parts) -> Iterator[Pair]:
    """A pair that a module's tests share; each leaves it whole."""
    with pair_in_two_regions(parts) as pair:
        yield pair


@pytest.fixture(scope="module")
def recovery(pair: Pair) -> Iterator[Recovery]:
    """One of the entire instance; each test leaves it whole."""
    with new_recovery(pair) as recovery:
        with pair.writing():
            recovery.synchronize()
        yield recovery


def test_a_master_without_gtid_gets_none(pair: Pair) -> None:
    """Its live primary is asked, whatever it was started with."""
    with pair.direct(pair.primary, pair.service_account()) as server:
        server.run("SET GLOBAL gtid_mode = ON_PERMISSIVE")
        asked = pair.ask("POST", "/disaster-recovery", {"region": AWAY})
        server.run("SET GLOBAL gtid_mode = ON")
    assert (asked[1], pair.now.disaster_recovery) == (Code.MASTER_WITHOUT_GTID, ())


def test_one_is_delivered_and_waits(pair: Pair) -> None:
    """Unsynchronized and closed, it holds nothing to go on with; what is wrong is refused."""
    with new_recovery(pair) as recovery:
        now, service = recovery.now, pair.stage.service
        assert (now.type, now.master, now.region) == (InstanceType.DISASTER_RECOVERY, pair.id, AWAY)
        assert (now.state, now.synchronization) == (State.RUNNING, Synchronization.UNSYNCHRONIZED)
        assert pair.now.disaster_recovery == (recovery.id,)
        assert [each.id for each in service.list_instances(region=AWAY)] == [recovery.id]
        assert service.list_instances(region=AWAY, instance_type=InstanceType.REGULAR) == ()
        assert (service.synchronization_tasks(recovery.id), recovery.lag_s) == ((), None)
        with pytest.raises(SqlError):
            recovery.shown()
        wrong = {"name": "first", "tables": ["drill.none"]}
        assert recovery.ask("POST", "/synchronizations", **wrong)[1] == Code.NO_SUCH_TABLE
        assert recovery.ask("POST", "/promotion", confirm=recovery.id)[1] == Code.NEVER_SYNCHRONIZED
        assert recovery.ask("POST", "/switch")[1] == Code.NOT_ON_DISASTER_RECOVERY
        assert pair.ask("POST", "/synchronizations", {"name": "first"})[1] == Code.NOT_DISASTER_RECOVERY
        assert pair.ask("POST", "/disaster-recovery", {"region": "north"})[1] == Code.SAME_REGION
        assert pair.ask("POST", "/disaster-recovery", {"region": "west"})[1] == Code.UNKNOWN_PLACE
        assert pair.ask("POST", "/disaster-recovery", {"region": AWAY})[1] == Code.NO_ROOM
        with pair.direct(recovery.front, pair.service_account()) as server:
            server.run("SET GLOBAL super_read_only = OFF", "CREATE DATABASE in_the_way")
        assert recovery.ask("POST", "/synchronizations", name="first")[1] == Code.DESTINATION_NOT_EMPTY
        assert recovery.now.synchronization == Synchronization.UNSYNCHRONIZED


def test_of_two_synchronizations_at_once_one_is_accepted(pair: Pair) -> None:
    """The other is told of it, and leaves no trace."""
    with new_recovery(pair) as recovery, ThreadPoolExecutor(2) as pool:
        names = ("one", "other")
        answers = list(pool.map(lambda name: recovery.ask("POST", "/synchronizations", name=name), names))
        assert sorted(answers) == [(202, ""), (409, Code.SYNCHRONIZATION_EXISTS)]
        recovery.await_whole()
        assert recovery.task.name == names[answers.index((202, ""))]


def test_readers_read_and_cannot_write(pair: Pair, recovery: Recovery) -> None:
    """Its own address shows what the master holds; a second task is refused."""
    recovery.await_alike()
    with recovery.connect() as owner, pytest.raises(SqlError, match="read-only"):
        owner.rows(INSERT, (-1,))
    assert (recovery.task.progress, recovery.task.state) == (1.0, Synchronization.SYNCHRONIZING)
    assert (recovery.task.attempt, recovery.task.notice) == (1, "")
    assert recovery.ask("POST", "/synchronizations", name="again")[1] == Code.SYNCHRONIZATION_EXISTS
    assert pair.now.protected


def test_how_it_fares_can_be_seen(pair: Pair, recovery: Recovery) -> None:
    """Figures over time, and what a reader of it waited for, though not what was slow on its master."""
    service = pair.stage.service
    with recovery.connect() as owner, pair.direct(pair.primary, pair.service_account()) as primary:
        owner.run("SELECT 'here', SLEEP(1.2)")
        primary.run("SELECT 'there', SLEEP(1.2)")
    (slow, *_) = service.slow_log(recovery.id)
    assert "'here'" in slow
    assert "'there'" in service.slow_log(pair.id)[0]
    newest = service.monitoring(recovery.id)[-1]
    assert newest.queries_per_s > 0
    assert newest.connections > 0
    assert newest.disk_mib > 10
    assert newest.lag_s is not None
    assert service.monitoring(pair.id)[-1].lag_s is None


def test_lag_grows_through_a_cut(pair: Pair, recovery: Recovery) -> None:
    """It is said that the link is interrupted; after the heal all is made up for."""
    way, links = Link(recovery.front, pair.primary), pair.stage.site.links
    with pair.writing():
        links.apply(CUT.on((way,)))
        recovery.await_synchronization(Synchronization.INTERRUPTED)
        first = recovery.lag_s or 0.0
        assert first > 0.5
        until(lambda: (recovery.lag_s or 0) > first + 1 or NotYet("no more"), "lag to grow", timeout_s=LIMIT_S)
        links.heal([way])
        recovery.await_whole()
    recovery.await_alike()
    until(lambda: recovery.lag_s == 0.0 or NotYet(str(recovery.lag_s)), "no lag", timeout_s=LIMIT_S)


def test_it_follows_the_masters_new_primary(pair: Pair, recovery: Recovery) -> None:
    """After a failover under load, whether it had run ahead or not."""
    old = pair.primary
    with pair.writing() as writer:
        pair.stage.site.nodes.kill(old)
        pair.await_state(State.RUNNING, protected=False)
        writer.await_acknowledged(3, LIMIT_S)
        pair.stage.site.nodes.release(old)
        pair.await_rest()
    pair.await_whole(writer.acknowledged)
    recovery.await_whole()
    recovery.await_alike()
    assert pair.primary != old


def test_one_that_ran_ahead_is_copied_anew(pair: Pair, recovery: Recovery) -> None:
    """It showed rows that the new primary never had; once it is whole again neither of its servers has them."""
    old = pair.primary
    with running_ahead(pair, recovery) as phantoms:
        pair.stage.site.nodes.kill(old)
        pair.await_state(State.RUNNING, protected=False)
        recovery.await_event("diverged")
        recovery.await_whole()
    pair.stage.site.nodes.release(old)
    pair.await_whole(frozenset())
    recovery.await_alike()
    assert not phantoms & recovery.shown()


@pytest.mark.parametrize("role", [Role.PRIMARY, Role.SECONDARY])
def test_losing_one_of_its_servers_stops_neither_reads_nor_link(pair: Pair, recovery: Recovery, role: Role) -> None:
    """The other one goes on, and the lost one is taken back."""
    (lost,), nodes = recovery.now.having(role), pair.stage.site.nodes
    with pair.writing() as writer:
        nodes.kill(lost)
        writer.await_acknowledged(3, LIMIT_S)
        there = writer.acknowledged

        def shown() -> bool | NotYet:
            missing = there - recovery.shown()
            return not missing or NotYet(f"{len(missing)} rows are missing")

        until(shown, "the other server to show what was written", timeout_s=LIMIT_S, tolerate=(SqlError,))
        nodes.release(lost)
        recovery.await_whole()
    recovery.await_alike()


def test_readers_read_on_without_the_master(pair: Pair, recovery: Recovery) -> None:
    """Both servers are started again while nobody hears from the master's region; all is made up for afterwards."""
    nodes, both = pair.stage.site.nodes, [member.node for member in recovery.now.members]
    rows = pair.rows(pair.primary)
    recovery.await_shown(rows)
    with cut_off(pair, "north"):
        for node in both:
            nodes.kill(node)
        for node in both:
            nodes.release(node)
        recovery.await_shown(rows)
        recovery.await_synchronization(Synchronization.INTERRUPTED)
    pair.await_rest()
    with pair.writing() as writer:
        writer.await_acknowledged(3, LIMIT_S)
    recovery.await_whole()
    recovery.await_alike()


def test_a_difference_is_found_and_stops_a_switch_back(pair: Pair, recovery: Recovery) -> None:
    """In its table and row; the master is opened again, and goes on to be followed."""
    with pair.writing() as writer:
        with pair.direct(recovery.front, pair.service_account()) as server:
            server.run("SET SESSION sql_log_bin = OFF", "SET GLOBAL super_read_only = OFF")
            server.rows(INSERT, (-7,))
            server.run("SET GLOBAL super_read_only = ON")
        (found,) = pair.stage.service.verify(recovery.id, timeout_s=LIMIT_S).differences
        assert (found.table, found.row, found.left) == ("drill.written", "id=-7", "missing")
        with pytest.raises(ServiceRefused, match="id=-7") as refused:
            pair.stage.service.switch_back(recovery.id, confirm=recovery.id, timeout_s=LIMIT_S)
        assert refused.value.code == Code.VERIFICATION_FAILED
        writer.await_acknowledged(3, LIMIT_S)
        with pair.direct(recovery.front, pair.service_account()) as server:
            server.run("SET SESSION sql_log_bin = OFF", "SET GLOBAL super_read_only = OFF")
            server.run("DELETE FROM drill.written WHERE id = -7", "SET GLOBAL super_read_only = ON")
    recovery.await_whole()
    recovery.await_alike()
    assert pair.stage.service.verify(recovery.id, timeout_s=LIMIT_S).differences == ()


def test_it_is_promoted_once_and_for_ever(pair: Pair, recovery: Recovery) -> None:
    """Its master may be alive, and is not followed any more, nor ever again; the other way round works."""
    assert recovery.ask("POST", "/promotion")[1] == Code.CONFIRMATION_MISSING
    assert recovery.ask("POST", "/promotion", confirm=recovery.id)[1] == Code.MASTER_MAY_BE_ALIVE
    with pair.writing() as writer:
        began_s = time.monotonic()
        confirmed = {"confirm": recovery.id, "accept_divergence": pair.id, "timeout_s": LIMIT_S}
        pair.stage.service.promote(recovery.id, **confirmed)  # type: ignore[arg-type]  # by name
        with recovery.connect() as owner:
            owner.rows(INSERT, (-1,))
        assert time.monotonic() - began_s < 10
        there = writer.acknowledged
        writer.await_acknowledged(3, LIMIT_S)
    after = pair.stage.service.await_protected(recovery.id, timeout_s=LIMIT_S)
    assert (after.type, after.master, after.promoted_from) == (InstanceType.REGULAR, "", pair.id)
    assert after.synchronization == recovery.task.state == Synchronization.BROKEN
    assert not (writer.acknowledged - there) <= recovery.shown()
    for path in ("/synchronizations", "/promotion", "/switch-back"):
        assert recovery.ask("POST", path, **({"name": "a"} if path[1] == "y" else {}))[1] != ""
    assert recovery.ask("POST", "/synchronizations", name="again")[1] == Code.PROMOTED_FOR_GOOD
    assert recovery.ask("POST", "/promotion", confirm=recovery.id)[1] == Code.PROMOTED_FOR_GOOD
    pair.kill_manager()
    pair.stage.start_manager()
    assert recovery.ask("POST", "/synchronizations", name="again")[1] == Code.PROMOTED_FOR_GOOD
    assert -1 not in pair.rows(pair.primary)
