"""Where things are asked for and faults are aimed at, from what the service describes (pure)."""

from collections.abc import Iterator

from hadrill.harness.errors import HarnessTrouble
from hadrill.harness.model.instance import Instance, Role
from hadrill.harness.model.inventory import Inventory
from hadrill.harness.model.topology import ADDRESS, CLIENT, Topology


def zones_of_one_region(topology: Topology, count: int) -> tuple[str, ...]:
    """So many zones of the topology's first region."""
    region = topology.nodes[0].region
    zones = tuple(dict.fromkeys(node.zone for node in topology.nodes if node.region == region))
    if len(zones) < count:
        raise HarnessTrouble(f"region {region} of topology {topology.name} has {len(zones)} zones, {count} are needed")
    return zones[:count]


def zones_of_two_regions(topology: Topology) -> tuple[str, str]:
    """One zone each of two regions."""
    first = topology.nodes[0]
    for node in topology.nodes:
        if node.region != first.region:
            return first.zone, node.zone
    raise HarnessTrouble(f"topology {topology.name} has one region, two are needed")


def only(instance: Instance, role: Role) -> str:
    """The one node in that role."""
    nodes = instance.having(role)
    if len(nodes) != 1:
        raise HarnessTrouble(f"the one {role} of {instance.id} was looked for, and there are {len(nodes)}")
    return nodes[0]


def ports_last_first(inventory: Inventory) -> Iterator[int]:
    """Of all addresses, those that are given to an instance last at first."""
    for slot in reversed(range(inventory.topology.addresses)):
        yield inventory.route(CLIENT, f"{ADDRESS}:{slot}").port


def elsewhere_in_region(topology: Topology, node: str) -> tuple[str, ...]:
    """The nodes of the other zones of a node's region."""
    here = topology.node(node)
    return tuple(each.name for each in topology.nodes if each.region == here.region and each.zone != here.zone)


def another_region(topology: Topology, node: str) -> str:
    """A region that a node does not stand in."""
    here = topology.node(node).region
    for each in topology.nodes:
        if each.region != here:
            return each.region
    raise HarnessTrouble(f"topology {topology.name} has one region, two are needed")
