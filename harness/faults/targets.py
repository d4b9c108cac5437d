"""What a fault can be aimed at, from words: pure."""

from itertools import permutations
from typing import Final

from hadrill.harness.faults.entry import Takes
from hadrill.harness.faults.plan import known, regions_of
from hadrill.harness.model.topology import ADDRESS, MANAGER, Link, Topology, links_of

BETWEEN: Final = ".."
"""Between the ends of a link or a line as a shell takes them; no name holds it."""


def targets(topology: Topology, takes: Takes) -> tuple[str, ...]:
    """All that a fault of this kind can be aimed at."""
    names = {
        Takes.NODE: (node.name for node in topology.nodes),
        Takes.RACK: topology.racks,
        Takes.ZONE: (node.zone for node in topology.nodes),
        Takes.REGION: regions_of(topology),
        Takes.LINE: (BETWEEN.join(ends) for ends in permutations(regions_of(topology), 2)),
        Takes.LINK: (f"{link.source}{BETWEEN}{link.target}" for link in links_of(topology)),
        Takes.ADDRESS: (f"{ADDRESS}:{slot}" for slot in range(topology.addresses)),
        Takes.MANAGER: (MANAGER,),
    }
    return tuple(dict.fromkeys(names[takes]))


def target_from(topology: Topology, takes: Takes, text: str) -> str:
    """A target of this kind.

    Args:
        text: as ``targets`` lists it; a link or a line also in words, ``b1 to a1``.

    Raises:
        WrongCall: the topology has no such thing.
    """
    name = text.replace(" to ", BETWEEN) if takes in {Takes.LINK, Takes.LINE} else text
    return known(name, targets(topology, takes), takes)


def link_from(target: str) -> Link:
    """The link that a target names."""
    source, _, end = target.partition(BETWEEN)
    return Link(source, end)


def regions_from(target: str) -> tuple[str, str]:
    """The two regions that a target names."""
    one, _, other = target.partition(BETWEEN)
    return one, other


def slot_from(target: str) -> int:
    """The number of the address that a target names."""
    return int(target.rpartition(":")[2])
