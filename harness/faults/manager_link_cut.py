"""The manager is cut off from one node and from its rack's host; everybody else reaches both."""

from dataclasses import dataclass
from typing import ClassVar

from hadrill.harness.faults.broken_links import BrokenLinks
from hadrill.harness.faults.effect import CUT, Effect
from hadrill.harness.model.topology import MANAGER, Link, host_of


@dataclass(slots=True)
class ManagerLinkCut(BrokenLinks):
    """A blackhole on both streams of the manager's links to a node and to the host that it stands on."""

    node: str
    name: ClassVar[str] = "manager-link-cut"

    @property
    def target(self) -> str:
        """The node."""
        return self.node

    @property
    def links(self) -> tuple[Link, ...]:
        """The manager's to the node and to its host."""
        rack = self.site.inventory.topology.node(self.node).rack
        return (Link(MANAGER, self.node), Link(MANAGER, host_of(rack)))

    @property
    def effect(self) -> Effect:
        """See ``CUT``."""
        return CUT

    @property
    def disrupts(self) -> bool:
        """Clients reach the server as before."""
        return False
