"""Every fault on real servers: that it takes effect, that it goes, and that the proofs say neither without reason."""

from collections.abc import Callable, Iterator

import pytest

from hadrill.environments.embedded.site import EmbeddedSite
from hadrill.environments.embedded.tests.real import await_greeting, start_node, two_racks
from hadrill.harness.faults.canary import sing
from hadrill.harness.faults.fault import Fault
from hadrill.harness.faults.ledger import FaultLedger
from hadrill.harness.faults.link_cut import LinkCut
from hadrill.harness.faults.plan import boundary
from hadrill.harness.faults.process_killed import ProcessKilled
from hadrill.harness.faults.process_paused import ProcessPaused
from hadrill.harness.faults.rack_isolated import RackIsolated
from hadrill.harness.faults.replication_held import ACKNOWLEDGEMENTS, EVENTS, ReplicationHeld
from hadrill.harness.model.fault import FaultRecord
from hadrill.harness.model.topology import Link

pytestmark = pytest.mark.e2e

HEAL_S = 30.0
LINK = Link("b1", "a1")
MAKERS: dict[str, Callable[[EmbeddedSite], Fault]] = {
    "killed": lambda site: ProcessKilled(site, "a1"),
    "paused": lambda site: ProcessPaused(site, "a1"),
    "isolated": lambda site: RackIsolated(site, "a-1"),
    "cut": lambda site: LinkCut(site, LINK),
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


@pytest.mark.parametrize("name", [name for name in MAKERS if name not in {"killed", "paused"}])
def test_a_proof_does_not_hold_where_nothing_was_broken(
    site: EmbeddedSite, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Toxics that were said to be on and are not: what is seen on the link decides."""
    monkeypatch.setattr(type(site.links), "apply", lambda _links, _plan: None)
    assert not MAKERS[name](site).inject().proof.holds


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
    assert (healed.heal_proof.holds, "no greeting" in healed.heal_proof.observed) == (False, True)


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
    assert sing(site.inventory, LINK).sings


def test_faults_that_meet_on_a_link_are_all_healed(
    site: EmbeddedSite, ledger: FaultLedger, told: list[FaultRecord]
) -> None:
    """A link held back, its rack cut off, its server killed: in the end everything carries again."""
    for name in ("events late", "isolated", "killed"):
        ledger.inject(MAKERS[name](site))
    healed = ledger.heal_all(HEAL_S)
    assert [record.heal_proof.holds for record in healed if record.heal_proof] == [True, True, True]
    assert [record.name for record in told[3:]] == ["process-killed", "rack-isolated", "replication-held"]
