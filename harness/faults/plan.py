"""Which nodes and links a fault is about: pure, so that it can be shown before anything breaks."""

from collections.abc import Iterable

from hadrill.harness.errors import WrongCall
from hadrill.harness.model.topology import Link, Node, Topology, host_of, links_of


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


def known(name: str, names: Iterable[str], what: str) -> str:
    """The name, which is one of these.

    Raises:
        WrongCall: it is not; lists those that there are.
    """
    listed = tuple(names)
    if name not in listed:
        raise WrongCall(f"there is no {what} {name!r}; there are: {', '.join(listed)}")
    return name
