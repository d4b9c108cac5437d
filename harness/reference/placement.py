"""Where an instance's servers go (pure)."""

from hadrill.harness.model.instance import Edition
from hadrill.harness.model.topology import Node, Topology
from hadrill.harness.reference.refusals import Code, Refusal


def place(topology: Topology, taken: frozenset[str], edition: Edition, zones: tuple[str, ...]) -> tuple[Node, ...]:
    """Choose the nodes of a new instance, the primary's first; a pair never shares a rack.

    Args:
        topology: all nodes there are.
        taken: names of nodes that are in use.
        edition: Basic takes one node, High-availability two.
        zones: where the customer wants them: none (we choose, two zones where there are), one, or one each.

    Raises:
        Refusal: zones in two regions (HA-8), an unknown zone, too many zones, or no free nodes.
    """
    _check_zones(topology, edition, zones)
    wanted = zones or _default_zones(topology, edition)
    if edition is Edition.BASIC:
        return (_free(topology, taken, wanted[0], frozenset()),)
    first = _free(topology, taken, wanted[0], frozenset())
    second = _free(topology, taken, wanted[-1], frozenset({first.rack}))
    return (first, second)


def _check_zones(topology: Topology, edition: Edition, zones: tuple[str, ...]) -> None:
    region_of = {node.zone: node.region for node in topology.nodes}
    if unknown := [zone for zone in zones if zone not in region_of]:
        known = ", ".join(sorted(region_of))
        raise Refusal(Code.UNKNOWN_PLACE, f"there is no zone {unknown[0]}; the zones are {known}")
    regions = sorted({region_of[zone] for zone in zones})
    if len(regions) > 1:
        both = " and ".join(regions)
        raise Refusal(Code.SECOND_REGION, f"primary and secondary must be in one region; the zones lie in {both}")
    most = 1 if edition is Edition.BASIC else 2
    if len(zones) > most:
        raise Refusal(Code.INVALID_REQUEST, f"the {edition} edition takes {most} zone(s), {len(zones)} were named")


def _default_zones(topology: Topology, edition: Edition) -> tuple[str, ...]:
    region = topology.nodes[0].region
    zones = tuple(dict.fromkeys(node.zone for node in topology.nodes if node.region == region))
    return zones[:1] if edition is Edition.BASIC else zones[:2]


def _free(topology: Topology, taken: frozenset[str], zone: str, not_on: frozenset[str]) -> Node:
    for node in topology.nodes:
        if node.zone == zone and node.name not in taken and node.rack not in not_on:
            return node
    apart = " on a rack of its own" if not_on else ""
    raise Refusal(Code.NO_ROOM, f"zone {zone} has no free node{apart}; release an instance or choose another zone")
