"""Regions, zones, racks and nodes, and the directed links between them."""

from dataclasses import dataclass
from typing import Final

CLIENT: Final = "client"
ADDRESS: Final = "address"
MANAGER: Final = "manager"


@dataclass(frozen=True, slots=True)
class Node:
    """A place for one database server.

    Attributes:
        name: unique in the topology, for example ``a1``.
        rack: racks, zones and regions are named; a rack fails as a whole.
    """

    name: str
    rack: str
    zone: str
    region: str


@dataclass(frozen=True, slots=True, order=True)
class Link:
    """A directed pair: who opens the connection, and to whom.

    Attributes:
        source: a node's name, a rack's host (``host:RACK`` is a target only), ``client``, ``address`` or ``manager``.
        target: likewise; ``address:K`` is the K-th address that clients may be given.
    """

    source: str
    target: str

    def __str__(self) -> str:
        return f"{self.source} to {self.target}"


@dataclass(frozen=True, slots=True)
class Topology:
    """What an environment builds: nodes on racks, and addresses that clients can be given.

    The address and the manager stand on racks of their own, so that a lost data rack takes neither along.
    """

    name: str
    nodes: tuple[Node, ...]
    addresses: int

    @property
    def racks(self) -> tuple[str, ...]:
        """Names of the data racks, in order of first mention."""
        return tuple(dict.fromkeys(node.rack for node in self.nodes))

    def node(self, name: str) -> Node:
        """The node of that name; raises KeyError."""
        return {node.name: node for node in self.nodes}[name]

    def on_rack(self, rack: str) -> tuple[Node, ...]:
        """The nodes that stand on that rack."""
        return tuple(node for node in self.nodes if node.rack == rack)


def host_of(rack: str) -> str:
    """The link end at which a rack's nodes are started and stopped by the manager."""
    return f"host:{rack}"


def links_of(topology: Topology) -> tuple[Link, ...]:
    """Every directed pair that the topology has; each gets a proxy of its own."""
    names = [node.name for node in topology.nodes]
    return (
        *(Link(CLIENT, f"{ADDRESS}:{k}") for k in range(topology.addresses)),
        *(Link(source, name) for source in (CLIENT, ADDRESS, MANAGER) for name in names),
        *(Link(MANAGER, host_of(rack)) for rack in topology.racks),
        *(Link(a, b) for a in names for b in names if a != b),
    )
