"""Which nodes and links a fault is about: pure, so that it can be shown before anything breaks."""

from collections.abc import Iterable

from hadrill.harness.errors import WrongCall
from hadrill.harness.model.topology import MANAGER, Link, Node, Topology, host_of, links_of


def boundary(topology: Topology, *racks: str) -> tuple[Link, ...]:
    """The links with exactly one end on one of these racks, their hosts' included.

    Raises:
        WrongCall: the topology has no such rack.
    """
    for rack in racks:
        known(rack, topology.racks, "rack")
    inside = {node.name for node in nodes_on(topology, racks)} | {host_of(rack) for rack in racks}
    return tuple(link for link in links_of(topology) if (link.source in inside) != (link.target in inside))


def nodes_on(topology: Topology, racks: Iterable[str]) -> tuple[Node, ...]:
    """The nodes that stand on these racks."""
    return tuple(node for rack in racks for node in topology.on_rack(rack))


def racks_of_zone(topology: Topology, zone: str) -> tuple[str, ...]:
    """The racks that stand in a zone.

    Raises:
        WrongCall: the topology has no such zone.
    """
    known(zone, dict.fromkeys(node.zone for node in topology.nodes), "zone")
    return tuple(dict.fromkeys(node.rack for node in topology.nodes if node.zone == zone))


def regions_of(topology: Topology) -> tuple[str, ...]:
    """Its regions, in order of first mention."""
    return tuple(dict.fromkeys(node.region for node in topology.nodes))


def racks_of_region(topology: Topology, region: str) -> tuple[str, ...]:
    """The racks that stand in a region.

    Raises:
        WrongCall: the topology has no such region.
    """
    known(region, regions_of(topology), "region")
    return tuple(dict.fromkeys(node.rack for node in topology.nodes if node.region == region))


def between_regions(topology: Topology, one: str, other: str) -> tuple[Link, ...]:
    """The links from a node of either region to a node of the other, both ways.

    Raises:
        WrongCall: the topology has no such region, or they are one.
    """
    for region in (one, other):
        known(region, regions_of(topology), "region")
    if one == other:
        raise WrongCall(f"a line runs between two regions; {one} is one")
    lies_in = {node.name: node.region for node in topology.nodes}
    return tuple(
        link for link in links_of(topology) if {lies_in.get(link.source), lies_in.get(link.target)} == {one, other}
    )


def out_of_region(topology: Topology, region: str) -> tuple[Link, ...]:
    """The links that leave a region: to and from the nodes of other regions, and the manager's to its nodes and hosts.

    Clients and addresses are at home in every region: what they have to its nodes does not leave it.

    Raises:
        WrongCall: the topology has no such region.
    """
    lies_in = {node.name: node.region for node in topology.nodes}
    across = boundary(topology, *racks_of_region(topology, region))
    return tuple(link for link in across if link.source == MANAGER or link.source in lies_in)


def known(name: str, names: Iterable[str], what: str) -> str:
    """The name, which is one of these.

    Raises:
        WrongCall: it is not; lists those that there are.
    """
    listed = tuple(names)
    if name not in listed:
        raise WrongCall(f"there is no {what} {name!r}; there are: {', '.join(listed)}")
    return name
