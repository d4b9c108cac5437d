"""Faults of regions and lines on real servers: that each takes effect and goes, and strikes nobody else."""

import time
from collections.abc import Callable, Iterator

import pytest

from hadrill.environments.embedded.site import EmbeddedSite, open_site
from hadrill.environments.embedded.tests.real import await_greeting, find_parts, settings, start_node
from hadrill.harness.faults.canary import sing, sing_all
from hadrill.harness.faults.fault import Fault
from hadrill.harness.faults.ledger import FaultLedger
from hadrill.harness.faults.line_cut import LineCut
from hadrill.harness.faults.line_laid import LineLaid
from hadrill.harness.faults.region_isolated import RegionIsolated
from hadrill.harness.faults.region_lost import RegionLost
from hadrill.harness.faults.round_trip import round_trip_s, round_trips
from hadrill.harness.model.line import Cuts, LineProfile
from hadrill.harness.model.topology import Link, Node, Topology
from hadrill.harness.wait import NotYet, until

pytestmark = pytest.mark.e2e

HEAL_S = 30.0
SILENT_S = 2.0
"""A link that carries may be that late on a busy machine."""
TWO_REGIONS = Topology(
    "two-regions", (Node("a1", "a-1", "zone-a", "north"), Node("c1", "c-1", "zone-c", "south")), addresses=1
)
ACROSS = (Link("a1", "c1"), Link("c1", "a1"))
LINE = LineProfile("a line", 40, 10, 1000, None, "made up")
CUT_LINE = LineProfile("a line that is cut", 40, 10, 1000, Cuts((0.3, 0.5), (0.2, 0.3)), "made up")
MAKERS: dict[str, Callable[[EmbeddedSite], Fault]] = {
    "lost": lambda site: RegionLost(site, "north"),
    "isolated": lambda site: RegionIsolated(site, "north"),
    "line cut": lambda site: LineCut(site, "north", "south"),
    "line laid": lambda site: LineLaid(site, "south", "north", LINE),
}


@pytest.fixture(scope="module")
def built() -> Iterator[EmbeddedSite]:
    """A site with a node up in each of two regions."""
    with open_site(TWO_REGIONS, find_parts(), settings()) as site:
        for node in ("a1", "c1"):
            start_node(site, node)
        yield site


@pytest.fixture
def site(built: EmbeddedSite) -> EmbeddedSite:
    """The same, whole again whatever the test before did."""
    built.links.lift(ACROSS)
    built.links.heal(route.link for route in built.inventory.routes)
    for node in ("a1", "c1"):
        built.nodes.resume(node)
        built.nodes.release(node)
        await_greeting(built, node)
    return built


@pytest.fixture
def ledger() -> Iterator[FaultLedger]:
    """A ledger that heals at the end."""
    ledger = FaultLedger(lambda _: None, lambda _: None, lambda _: None)
    yield ledger
    ledger.heal_all(HEAL_S)


def silent(site: EmbeddedSite) -> set[Link]:
    """The links to servers and hosts that do not carry."""
    links = [route.link for route in site.inventory.routes if not route.link.target.startswith("address")]
    return {link for link, song in sing_all(site.inventory, links, SILENT_S).items() if not song.sings}


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
    assert not silent(site)


@pytest.mark.usefixtures("answered_well")
@pytest.mark.parametrize("name", MAKERS)
def test_a_proof_does_not_hold_where_nothing_was_broken(
    site: EmbeddedSite, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Toxics that were said to be on and are not: what is seen on the links decides."""
    monkeypatch.setattr(type(site.links), "apply", lambda _links, _plan: None)
    monkeypatch.setattr(type(site.links), "lay", lambda _links, _which, _toxics: None)
    monkeypatch.setattr(type(site.nodes), "kill", lambda nodes, node, hold: nodes.state(node))  # noqa: ARG005 - as it is
    fault = MAKERS[name](site)
    assert not fault.inject().proof.holds
    fault.undo()


@pytest.mark.parametrize("name", ["line cut", "line laid"])
def test_a_line_over_which_nothing_ran_is_not_proved(site: EmbeddedSite, name: str) -> None:
    """Its silence has another cause."""
    for node in ("a1", "c1"):
        site.nodes.kill(node, hold=True)
    fault = MAKERS[name](site)
    record = fault.inject()
    fault.undo()
    assert not record.proof.holds


def test_a_lost_region_leaves_the_other_alone(site: EmbeddedSite, ledger: FaultLedger) -> None:
    """Its server is gone and held down, and its host answers nobody; the other's go on."""
    ledger.inject(RegionLost(site, "north"))
    assert silent(site) == {
        Link("client", "a1"), Link("address", "a1"), Link("manager", "a1"), Link("manager", "host:a-1"), *ACROSS
    }  # fmt: skip
    assert (site.nodes.state("a1").held, site.nodes.state("c1").state) == (True, "running")


def test_an_isolated_region_answers_its_own_clients(site: EmbeddedSite, ledger: FaultLedger) -> None:
    """The address's way and the clients' own to its servers stay; the manager and the other region are cut off."""
    ledger.inject(RegionIsolated(site, "north"))
    assert silent(site) == {Link("manager", "a1"), Link("manager", "host:a-1"), *ACROSS}


def test_a_cut_line_is_missed_by_nobody_else(site: EmbeddedSite, ledger: FaultLedger) -> None:
    """Whatever does not run between the regions carries."""
    ledger.inject(LineCut(site, "south", "north"))
    assert silent(site) == set(ACROSS)


def test_a_laid_line_slows_nobody_else(site: EmbeddedSite, ledger: FaultLedger) -> None:
    """Both ways between the regions take their time; the manager's way does not."""
    ledger.inject(LineLaid(site, "north", "south", LINE))
    least_s = LINE.round_trip_s[0]
    assert all((round_trip_s(site.inventory, link) or 0) >= least_s for link in ACROSS)
    others = (Link("manager", "a1"), Link("client", "c1"), Link("address", "a1"))
    for link in others:
        assert min(round_trips(site.inventory, [link]).seen_s) < least_s  # one of them may meet a stall


def test_what_breaks_a_laid_line_leaves_it_laid(site: EmbeddedSite, ledger: FaultLedger) -> None:
    """A cut, a lost region: healed, the line is as slow as before; each proof holds."""
    ledger.inject(LineLaid(site, "north", "south", LINE))
    for fault in (LineCut(site, "north", "south"), RegionLost(site, "south")):
        record = ledger.inject(fault)
        (healed,) = ledger.heal((fault,), HEAL_S)
        assert record.proof.holds, record.proof.observed
        assert healed.heal_proof is not None
        assert healed.heal_proof.holds, healed.heal_proof.observed
        assert all((round_trip_s(site.inventory, link) or 0) >= LINE.round_trip_s[0] for link in ACROSS)


def test_a_line_can_be_taken_off_under_a_fault(site: EmbeddedSite, ledger: FaultLedger) -> None:
    """The fault stays until its own heal, and then nothing is left."""
    line, cut = LineLaid(site, "north", "south", LINE), LineCut(site, "north", "south")
    ledger.inject(line)
    ledger.inject(cut)
    ledger.heal((line,), HEAL_S)
    assert silent(site) == set(ACROSS)
    ledger.heal((cut,), HEAL_S)
    assert all(state.is_bare for state in site.links.states().values())


def test_a_line_is_cut_now_and_then(site: EmbeddedSite, ledger: FaultLedger) -> None:
    """Connections are refused meanwhile; it carries again as slowly as before; the heal says how often it was cut."""
    ledger.inject(LineLaid(site, "north", "south", CUT_LINE))

    def refused() -> bool | NotYet:
        song = sing(site.inventory, ACROSS[0])
        return True if song.fate == "refused" else NotYet(str(song))

    def carries() -> bool | NotYet:
        took_s = round_trip_s(site.inventory, ACROSS[0]) or 0
        return True if took_s >= CUT_LINE.round_trip_s[0] else NotYet(f"it takes {took_s} s")

    for _ in range(2):
        until(refused, "the line to be cut", timeout_s=HEAL_S)
        until(carries, "the line to carry", timeout_s=HEAL_S)
    (healed,) = ledger.heal_all(HEAL_S)
    assert healed.heal_proof is not None
    assert healed.heal_proof.holds, healed.heal_proof.observed
    assert healed.heal_proof.observed.startswith("cut ")
    assert int(healed.heal_proof.observed.split()[1]) >= 2


def test_a_line_that_fails_by_itself_can_be_cut(site: EmbeddedSite, ledger: FaultLedger) -> None:
    """Whenever that is asked for: it is shown to have carried once its own moment is over."""
    profile = LineProfile("a poor line", 40, 10, 1000, Cuts((1.2, 1.2), (0.6, 0.6)), "made up")
    ledger.inject(LineLaid(site, "north", "south", profile))
    until(
        lambda: sing(site.inventory, ACROSS[0]).fate == "refused" or NotYet("it carries"),
        "the line to fail by itself",
        timeout_s=HEAL_S,
    )
    record = ledger.inject(LineCut(site, "north", "south"))
    assert record.proof.holds, record.proof.observed


def test_cuts_of_a_line_leave_a_fault_of_it_alone(site: EmbeddedSite, ledger: FaultLedger) -> None:
    """What is blackholed is neither closed nor opened by them: the line's own moments pass unseen."""
    line = LineLaid(site, "north", "south", CUT_LINE)
    ledger.inject(line)
    ledger.inject(LineCut(site, "north", "south"))
    over_s = time.monotonic() + 2
    while time.monotonic() < over_s:
        assert all(state.is_open and len(state.toxics) == 2 for state in site.links.states(ACROSS).values())
    assert not line._cutter or not line._cutter.trouble
