"""Which links and racks a fault is about."""

from collections.abc import Callable

import pytest

from hadrill.environments.topology_file import load_topology
from hadrill.harness.errors import WrongCall
from hadrill.harness.faults.plan import between_regions, boundary, out_of_region, racks_of_region, racks_of_zone
from hadrill.harness.model.topology import Link, Topology, links_of

DRILL = load_topology("drill").topology
FAR = load_topology("drill-dr").topology
INSIDE = {"a1", "a2", "host:a-1"}


def test_a_rack_is_cut_off_at_every_link_with_one_end_on_it() -> None:
    """Of the drill's 55 links: 3 kinds to each of 2 nodes, the host, and 2 x 4 node pairs in both directions."""
    assert len(boundary(DRILL, "a-1")) == 3 * 2 + 1 + 2 * 2 * 4
    assert all((link.source in INSIDE) != (link.target in INSIDE) for link in boundary(DRILL, "a-1"))


def test_within_the_rack_everything_goes_on() -> None:
    """Two nodes of one rack still reach each other."""
    assert Link("a1", "a2") not in boundary(DRILL, "a-1")


def test_no_link_is_forgotten() -> None:
    """What is not cut has both ends on one side."""
    rest = set(links_of(DRILL)) - set(boundary(DRILL, "a-1"))
    assert all((link.source in INSIDE) == (link.target in INSIDE) for link in rest)


def test_the_racks_host_is_cut_off_too() -> None:
    """A manager that cannot reach the servers cannot reach the host that starts them either."""
    assert Link("manager", "host:a-1") in boundary(DRILL, "a-1")


def test_clients_still_reach_the_address() -> None:
    """It stands on a rack of its own."""
    assert Link("client", "address:0") not in boundary(DRILL, "a-1")


def test_an_unknown_rack_is_answered_with_the_known_ones() -> None:
    """Before anything breaks."""
    with pytest.raises(WrongCall, match="no rack 'z-9'; there are: a-1, a-2, b-1, c-1"):
        boundary(DRILL, "z-9")


def test_racks_that_fail_together_have_one_boundary() -> None:
    """What runs between them has both ends inside."""
    crossing = boundary(DRILL, "a-1", "a-2")
    assert Link("a1", "a3") not in crossing
    assert {Link("manager", "host:a-1"), Link("manager", "host:a-2"), Link("b1", "a3")} <= set(crossing)


def test_a_zone_is_its_racks() -> None:
    """In order, each once."""
    assert racks_of_zone(DRILL, "zone-a") == ("a-1", "a-2")


def test_an_unknown_zone_is_answered_with_the_known_ones() -> None:
    """Before anything breaks."""
    with pytest.raises(WrongCall, match="no zone 'zone-z'; there are: zone-a, zone-b, zone-c"):
        racks_of_zone(DRILL, "zone-z")


def test_a_region_is_its_racks() -> None:
    """In order, each once, of all its zones."""
    assert racks_of_region(FAR, "south") == ("c-1", "d-1")


def test_a_line_is_every_link_between_nodes_of_two_regions() -> None:
    """Five nodes there and four here, both ways; neither clients nor the manager nor an address uses it."""
    line = between_regions(FAR, "north", "south")
    assert len(line) == len(set(line)) == 2 * 5 * 4
    assert all({FAR.node(link.source).region, FAR.node(link.target).region} == {"north", "south"} for link in line)
    assert set(between_regions(FAR, "south", "north")) == set(line)


@pytest.mark.parametrize(
    ("ends", "why"),
    [(("north", "west"), "no region 'west'; there are: north, south"), (("north", "north"), "between two regions")],
)
def test_a_line_needs_two_regions(ends: tuple[str, str], why: str) -> None:
    """Before anything breaks."""
    with pytest.raises(WrongCall, match=why):
        between_regions(FAR, *ends)


def test_an_isolated_region_keeps_its_clients() -> None:
    """The manager and the other region are out of reach; clients and addresses are not."""
    cut = set(out_of_region(FAR, "north"))
    inside = racks_of_region(FAR, "north")
    kept = set(boundary(FAR, *inside)) - cut
    assert set(between_regions(FAR, "north", "south")) <= cut
    assert {Link("manager", "a1"), Link("manager", "host:b-1")} <= cut
    assert {link.source for link in kept} == {"client", "address"}
    assert {link.target for link in kept} == {"a1", "a2", "a3", "b1", "b2"}


@pytest.mark.parametrize("what", [racks_of_region, out_of_region])
def test_an_unknown_region_is_answered_with_the_known_ones(what: Callable[[Topology, str], object]) -> None:
    """Before anything breaks."""
    with pytest.raises(WrongCall, match="no region 'west'; there are: north, south"):
        what(FAR, "west")
