"""Every fault on real servers: that it takes effect, that it goes, and that the proofs say neither without reason."""

import socket
import threading
from collections.abc import Callable, Iterator

import pytest

from hadrill.environments.embedded.site import EmbeddedSite
from hadrill.environments.embedded.tests.real import await_greeting, start_node, two_racks
from hadrill.environments.toxics import Stream
from hadrill.harness.faults.answer_lost import AnswerLost
from hadrill.harness.faults.blip import Blip
from hadrill.harness.faults.broken_links import BrokenLinks
from hadrill.harness.faults.canary import sing
from hadrill.harness.faults.client_link_cut import ClientLinkCut
from hadrill.harness.faults.fault import Fault
from hadrill.harness.faults.ledger import FaultLedger
from hadrill.harness.faults.link_cut import LinkCut
from hadrill.harness.faults.link_flapping import LinkFlapping
from hadrill.harness.faults.link_one_way import LinkOneWay
from hadrill.harness.faults.link_resetting import LinkResetting
from hadrill.harness.faults.link_slow import LinkSlow
from hadrill.harness.faults.manager_link_cut import ManagerLinkCut
from hadrill.harness.faults.plan import boundary
from hadrill.harness.faults.process_killed import ProcessKilled
from hadrill.harness.faults.process_paused import ProcessPaused
from hadrill.harness.faults.process_restarted import ProcessRestarted
from hadrill.harness.faults.rack_isolated import RackIsolated
from hadrill.harness.faults.rack_lost import RackLost
from hadrill.harness.faults.rack_refused import RackRefused
from hadrill.harness.faults.rack_resetting import RackResetting
from hadrill.harness.faults.rack_slow import RackSlow
from hadrill.harness.faults.rack_stalled import RackStalled
from hadrill.harness.faults.replication_held import ACKNOWLEDGEMENTS, EVENTS, ReplicationHeld
from hadrill.harness.faults.zone_lost import ZoneLost
from hadrill.harness.model.fault import FaultRecord
from hadrill.harness.model.topology import Link
from hadrill.harness.wait import NotYet, until

pytestmark = pytest.mark.e2e

HEAL_S = 30.0
SILENT_S = 0.2
LINK = Link("b1", "a1")
MAKERS: dict[str, Callable[[EmbeddedSite], Fault]] = {
    "killed": lambda site: ProcessKilled(site, "a1"),
    "paused": lambda site: ProcessPaused(site, "a1"),
    "restarted": lambda site: ProcessRestarted(site, "a1"),
    "rack lost": lambda site: RackLost(site, "a-1"),
    "zone lost": lambda site: ZoneLost(site, "zone-a"),
    "isolated": lambda site: RackIsolated(site, "a-1"),
    "stalled": lambda site: RackStalled(site, "a-1"),
    "refused": lambda site: RackRefused(site, "a-1"),
    "rack slow": lambda site: RackSlow(site, "a-1", 100, 1000),
    "rack as good as gone": lambda site: RackSlow(site, "a-1", 60_000),
    "rack resetting": lambda site: RackResetting(site, "a-1"),
    "cut": lambda site: LinkCut(site, LINK),
    "unheard": lambda site: LinkOneWay(site, LINK, Stream.UPSTREAM),
    "unanswered": lambda site: LinkOneWay(site, LINK, Stream.DOWNSTREAM),
    "slow": lambda site: LinkSlow(site, LINK, 100),
    "resetting": lambda site: LinkResetting(site, LINK),
    "flapping": lambda site: LinkFlapping(site, LINK, 0.6, times=1),
    "answer lost": lambda site: AnswerLost(site, Link("address", "a1")),
    "manager's link": lambda site: ManagerLinkCut(site, "a1"),
    "acknowledgements late": lambda site: ReplicationHeld(site, "b1", "a1", ACKNOWLEDGEMENTS, 200),
    "events late": lambda site: ReplicationHeld(site, "b1", "a1", EVENTS, 200),
    "acknowledgements held": lambda site: ReplicationHeld(site, "b1", "a1", ACKNOWLEDGEMENTS),
    "events held": lambda site: ReplicationHeld(site, "b1", "a1", EVENTS),
}


@pytest.fixture(scope="module")
def built() -> Iterator[EmbeddedSite]:
    """A site with both nodes up."""
    with two_racks() as site:
        for node in ("a1", "b1"):
            start_node(site, node)
        yield site


@pytest.fixture
def site(built: EmbeddedSite) -> EmbeddedSite:
    """The same, whole again whatever the test before did."""
    built.links.heal(route.link for route in built.inventory.routes)
    for node in ("a1", "b1"):
        built.nodes.resume(node)
        built.nodes.release(node)
        await_greeting(built, node)
    return built


@pytest.fixture
def told() -> list[FaultRecord]:
    """Every record that the ledger told of."""
    return []


@pytest.fixture
def ledger(told: list[FaultRecord]) -> Iterator[FaultLedger]:
    """A ledger that heals at the end."""
    ledger = FaultLedger(lambda _: None, told.append, told.append)
    yield ledger
    ledger.heal_all(HEAL_S)


def hear_nothing(connection: socket.socket) -> None:
    """What is waited for in vain is waited for briefly, all else as long as it takes."""
    connection.settimeout(SILENT_S)
    with pytest.raises(TimeoutError):
        connection.recv(1)
    connection.settimeout(HEAL_S)


@pytest.mark.parametrize("name", MAKERS)
def test_a_fault_takes_effect_and_goes(site: EmbeddedSite, ledger: FaultLedger, name: str) -> None:
    """With a proof of each, and times in order."""
    record = ledger.inject(MAKERS[name](site))
    (healed,) = ledger.heal_all(HEAL_S)
    assert record.proof.holds, record.proof.observed
    assert healed.heal_proof is not None
    assert healed.heal_proof.holds, healed.heal_proof.observed
    assert healed.heal_began_ns is not None
    assert healed.healed_ns is not None
    times = [healed.injected_ns, healed.effective_ns, healed.proof.at_ns, healed.heal_began_ns, healed.healed_ns]
    assert times == sorted(times)


@pytest.mark.usefixtures("answered_well")
@pytest.mark.parametrize("name", [name for name in MAKERS if name not in {"killed", "paused", "restarted"}])
def test_a_proof_does_not_hold_where_nothing_was_broken(
    site: EmbeddedSite, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Toxics that were said to be on and are not: what is seen on the link decides."""
    monkeypatch.setattr(type(site.links), "apply", lambda _links, _plan: None)
    monkeypatch.setattr(type(site.links), "close", lambda _links, _which: None)
    monkeypatch.setattr(type(site.nodes), "kill", lambda nodes, node, hold: nodes.state(node))  # noqa: ARG005 - as it is
    monkeypatch.setattr("hadrill.harness.faults.link_flapping._MARGIN_S", 0.0)
    fault = MAKERS[name](site)
    assert not fault.inject().proof.holds
    fault.undo()


@pytest.mark.parametrize("name", ["rack lost", "isolated", "refused", "slow", "resetting", "flapping"])
def test_a_fault_of_a_link_that_carried_nothing_is_not_proved(
    site: EmbeddedSite, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Its silence has another cause."""
    monkeypatch.setattr("hadrill.harness.faults.link_flapping._MARGIN_S", 0.0)
    site.nodes.kill("a1", hold=True)
    fault = MAKERS[name](site)
    if isinstance(fault, LinkFlapping):
        fault.period_s, fault.times = 0.4, 1
    record = fault.inject()
    fault.undo()
    carried = isinstance(fault, BrokenLinks) and any(link.target.startswith("host:") for link in fault.links)
    assert record.proof.holds == carried


def test_killing_what_does_not_run_proves_nothing(site: EmbeddedSite) -> None:
    """A server that had died by itself was not killed by us."""
    site.nodes.kill("a1", hold=True)
    assert not ProcessKilled(site, "a1").inject().proof.holds


def test_a_heal_that_is_not_seen_in_time_is_not_proved(site: EmbeddedSite) -> None:
    """The record says what was seen instead."""
    fault = LinkCut(site, LINK)
    record = fault.inject()
    site.nodes.pause("a1")
    healed = fault.heal(record, 0.3)
    assert healed.heal_proof is not None
    assert (healed.heal_proof.holds, "no answer" in healed.heal_proof.observed) == (False, True)


def test_an_isolated_rack_keeps_its_inside(site: EmbeddedSite, ledger: FaultLedger) -> None:
    """Its own server goes on; every link across the boundary is silent, every other is not."""
    ledger.inject(RackIsolated(site, "a-1"))
    cut = set(boundary(site.inventory.topology, "a-1"))
    nodes = [route.link for route in site.inventory.routes if not route.link.target.startswith("address")]
    assert {link for link in nodes if not sing(site.inventory, link).sings} == cut
    assert site.nodes.state("a1").state == "running"


def test_one_held_direction_leaves_the_other(site: EmbeddedSite, ledger: FaultLedger) -> None:
    """With acknowledgements held, what the source says still arrives."""
    ledger.inject(ReplicationHeld(site, "b1", "a1", ACKNOWLEDGEMENTS))
    assert sing(site.inventory, LINK).greeted


def test_faults_that_meet_on_a_link_are_all_healed(
    site: EmbeddedSite, ledger: FaultLedger, told: list[FaultRecord]
) -> None:
    """A link held back, its rack cut off, its server killed: in the end everything carries again."""
    for name in ("events late", "isolated", "killed"):
        ledger.inject(MAKERS[name](site))
    healed = ledger.heal_all(HEAL_S)
    assert [record.heal_proof.holds for record in healed if record.heal_proof] == [True, True, True]
    assert [record.name for record in told[3:]] == ["process-killed", "rack-isolated", "replication-held"]


def test_held_bytes_arrive_after_the_heal(site: EmbeddedSite, ledger: FaultLedger) -> None:
    """In a stalled rack nothing is lost: a connection that was made meanwhile is greeted then."""
    ledger.inject(RackStalled(site, "a-1"))
    way = site.inventory.route(LINK.source, LINK.target)
    with socket.create_connection((way.host, way.port), timeout=HEAL_S) as connection:
        hear_nothing(connection)
        ledger.heal_all(HEAL_S)
        assert connection.recv(1)


def test_lost_bytes_do_not_arrive_after_the_heal(site: EmbeddedSite, ledger: FaultLedger) -> None:
    """In an isolated rack they are lost: a connection that was made meanwhile ends without a greeting."""
    ledger.inject(RackIsolated(site, "a-1"))
    way = site.inventory.route(LINK.source, LINK.target)
    with socket.create_connection((way.host, way.port), timeout=HEAL_S) as connection:
        hear_nothing(connection)
        ledger.heal_all(HEAL_S)
        assert connection.recv(1) == b""


def test_a_rack_that_loses_its_power_says_no_goodbye(site: EmbeddedSite, ledger: FaultLedger) -> None:
    """A connection of the time before stays silent; when a server is merely killed, its end is seen."""
    way = site.inventory.route(LINK.source, LINK.target)
    for fault, ends in ((ProcessKilled(site, "a1"), True), (RackLost(site, "a-1"), False)):
        with socket.create_connection((way.host, way.port), timeout=HEAL_S) as connection:
            connection.recv(4096)
            ledger.inject(fault)
            if ends:
                assert connection.recv(1) == b""
            else:
                hear_nothing(connection)
        ledger.heal_all(HEAL_S)


def test_an_idle_connection_is_not_reset_until_it_speaks(site: EmbeddedSite, ledger: FaultLedger) -> None:
    """The fault strikes who says something; a connection of the time before is not reset but ended."""
    way = site.inventory.route(LINK.source, LINK.target)
    with socket.create_connection((way.host, way.port), timeout=HEAL_S) as connection:
        connection.recv(4096)
        ledger.inject(LinkResetting(site, LINK))
        hear_nothing(connection)
        connection.sendall(b"\x01\x00\x00\x01\x00")
        assert connection.recv(1) == b""


def test_a_restarted_server_is_not_held_down(site: EmbeddedSite, ledger: FaultLedger) -> None:
    """Another process is there before the heal."""
    before = site.nodes.state("a1").pid
    ledger.inject(ProcessRestarted(site, "a1"))
    after = site.nodes.state("a1")
    assert (after.state, after.held, after.pid == before) == ("running", False, False)


def test_a_lost_rack_is_held_down_and_starts_what_ran(site: EmbeddedSite, ledger: FaultLedger) -> None:
    """Whoever asks; a server that did not run before does not run after."""
    site.nodes.kill("b1", hold=False)
    ledger.inject(RackLost(site, "a-1"))
    assert (site.nodes.state("a1").held, site.nodes.state("b1").held) == (True, False)
    fault = ZoneLost(site, "zone-b")
    fault.inject()
    fault.undo()
    ledger.heal_all(HEAL_S)
    assert (site.nodes.state("a1").state, site.nodes.state("b1").state) == ("running", "exited")


@pytest.mark.parametrize("name", ["paused", "cut", "isolated"])
def test_a_blip_takes_effect_and_is_over(
    site: EmbeddedSite, ledger: FaultLedger, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Both proved, and its length measured; that one which lasts too long is not proved is tried without servers."""
    monkeypatch.setattr("hadrill.harness.faults.blip.LATE_S", 10.0)
    record = ledger.inject(Blip(MAKERS[name](site), 0.3))
    assert record.proof.holds, record.proof.observed
    assert record.heal_proof is not None
    assert record.heal_proof.holds, record.heal_proof.observed
    assert ledger.injected == ()


def test_two_faults_strike_at_one_instant(site: EmbeddedSite, ledger: FaultLedger) -> None:
    """Both proved."""
    one, two = ledger.inject_together((ProcessKilled(site, "a1"), ProcessKilled(site, "b1")))
    assert max(one.injected_ns, two.injected_ns) < min(one.proof.at_ns, two.proof.at_ns)
    assert (one.proof.holds, two.proof.holds) == (True, True)


@pytest.mark.parametrize("awaited", [True, False])
def test_a_link_that_was_cut_once_is_not_proved_to_flap(
    site: EmbeddedSite, ledger: FaultLedger, *, awaited: bool
) -> None:
    """After its last cut it carries by itself; the heal says how often it was seen cut."""
    ledger.inject(LinkFlapping(site, LINK, 0.4 if awaited else 6.0, times=2))
    if awaited:
        until(_nothing_flaps, "the last cut to be over", timeout_s=HEAL_S)
    (healed,) = ledger.heal_all(HEAL_S)
    assert healed.heal_proof is not None
    assert f"seen cut {1 + awaited} times" in healed.heal_proof.observed
    assert ("which takes 2 cuts" in healed.heal_proof.observed) is not awaited
    assert healed.heal_proof.holds is awaited


def _nothing_flaps() -> bool | NotYet:
    flapping = [thread.name for thread in threading.enumerate() if "flap" in thread.name]
    return NotYet(", ".join(flapping)) if flapping else True


def test_the_clients_way_to_an_address_that_leads_nowhere_is_not_proved_cut(site: EmbeddedSite) -> None:
    """It carried nothing before."""
    fault = ClientLinkCut(site)
    assert not fault.inject().proof.holds
    fault.undo()
