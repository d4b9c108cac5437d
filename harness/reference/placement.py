"""Where an instance's servers go (pure)."""

from typing import Final

from hadrill.harness.model.instance import Edition
from hadrill.harness.model.topology import Node, Topology
from hadrill.harness.reference.decisions import Decisions
from hadrill.harness.reference.refusals import Code, Refusal

RIGHT: Final = Decisions()


def place(
    topology: Topology,
    taken: frozenset[str],
    edition: Edition,
    zones: tuple[str, ...],
    decisions: Decisions = RIGHT,
) -> tuple[Node, ...]:
    """Choose the nodes of a new instance, the primary's first; a pair never shares a rack.

    Args:
        topology: all nodes there are.
        taken: names of nodes that are in use.
        edition: Basic takes one node, High-availability two.
        zones: where the customer wants them: none (we choose, two zones where there are), one, or one each.
        decisions: whether one rack or two regions will do, and how many servers a Basic instance has.

    Raises:
        Refusal: zones in two regions (HA-8), an unknown zone, too many zones, or no free nodes.
    """
    _check_zones(topology, edition, zones, one_region=decisions.refuses_two_regions)
    wanted = zones or _default_zones(topology, edition)
    first = _free(topology, taken, wanted[0], frozenset())
    if edition is Edition.BASIC:
        alone = decisions.basic_stands_alone
        return (first,) if alone else (first, place_second(topology, taken | {first.name}, first))
    beside = [node for node in topology.on_rack(first.rack) if node.name not in taken | {first.name}]
    if beside and not decisions.racks_apart:
        return (first, beside[0])
    second = _free(topology, taken, wanted[-1], frozenset({first.rack}))
    return (first, second)


def place_second(topology: Topology, taken: frozenset[str], first: Node) -> Node:
    """Choose the node of a secondary for a server that is there: in another zone of its region where there is room.

    Raises:
        Refusal: no other rack of the region has a free node.
    """
    free = [n for n in topology.nodes if n.region == first.region and n.rack != first.rack and n.name not in taken]
    if not free:
        sentence = f"region {first.region} has no free node on another rack than {first.rack}; release an instance"
        raise Refusal(Code.NO_ROOM, sentence)
    return min(free, key=lambda node: node.zone == first.zone)


def place_read_only(
    topology: Topology, taken: frozenset[str], *, near: tuple[Node, ...], siblings: tuple[Node, ...], zone: str
) -> Node:
    """Choose the node of a read-only instance: on a rack that neither its master nor a sibling uses where there is one.

    Args:
        topology: all nodes there are.
        taken: names of nodes that are in use.
        near: its master's nodes; it stands in their region.
        siblings: nodes of the master's other read-only instances.
        zone: where the customer wants it; empty where we choose.

    Raises:
        Refusal: an unknown zone, one of another region, or no free node.
    """
    region = near[0].region
    _check_zone(topology, zone, region)
    free = [n for n in topology.nodes if n.region == region and n.name not in taken and zone in {"", n.zone}]
    if not free:
        where = f"zone {zone}" if zone else f"region {region}"
        raise Refusal(Code.NO_ROOM, f"{where} has no free node; release an instance or choose another zone")
    racks, occupied = {node.rack for node in near}, {node.rack for node in siblings}
    return min(free, key=lambda node: (node.rack in racks, node.rack in occupied))


def place_disaster_recovery(topology: Topology, taken: frozenset[str], region: str, not_in: str) -> tuple[Node, Node]:
    """Choose the nodes of a disaster-recovery instance: on two racks, in two zones where there is room.

    Args:
        topology: all nodes there are.
        taken: names of nodes that are in use.
        region: where the customer wants it.
        not_in: its master's region.

    Raises:
        Refusal: an unknown region, the master's own, or no free nodes.
    """
    regions = sorted({node.region for node in topology.nodes})
    if region not in regions:
        raise Refusal(Code.UNKNOWN_PLACE, f"there is no region {region}; the regions are {', '.join(regions)}")
    if region == not_in:
        sentence = f"the master stands in region {region} itself; a disaster there would take both: choose another one"
        raise Refusal(Code.SAME_REGION, sentence)
    free = [node for node in topology.nodes if node.region == region and node.name not in taken]
    pairs = [(first, second) for first in free for second in free if first.rack != second.rack]
    if not pairs:
        sentence = f"region {region} has no free nodes on two racks; release an instance or choose another region"
        raise Refusal(Code.NO_ROOM, sentence)
    return min(pairs, key=lambda pair: pair[0].zone == pair[1].zone)


def _check_zone(topology: Topology, zone: str, region: str) -> None:
    region_of = {node.zone: node.region for node in topology.nodes}
    if zone and zone not in region_of:
        known = ", ".join(sorted(region_of))
        raise Refusal(Code.UNKNOWN_PLACE, f"there is no zone {zone}; the zones are {known}")
    if zone and region_of[zone] != region:
        sentence = f"a read-only instance stands in its master's region {region}; zone {zone} is in {region_of[zone]}"
        raise Refusal(Code.SECOND_REGION, sentence)


def _check_zones(topology: Topology, edition: Edition, zones: tuple[str, ...], *, one_region: bool) -> None:
    region_of = {node.zone: node.region for node in topology.nodes}
    if unknown := [zone for zone in zones if zone not in region_of]:
        known = ", ".join(sorted(region_of))
        raise Refusal(Code.UNKNOWN_PLACE, f"there is no zone {unknown[0]}; the zones are {known}")
    regions = sorted({region_of[zone] for zone in zones})
    if len(regions) > 1 and one_region:
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
