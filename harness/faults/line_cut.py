"""The line between two regions is cut; within each, and for clients and the manager, everything goes on."""

from dataclasses import dataclass
from typing import ClassVar

from hadrill.harness.faults.broken_links import BrokenLinks
from hadrill.harness.faults.effect import CUT, Effect
from hadrill.harness.faults.plan import between_regions
from hadrill.harness.model.topology import Link


@dataclass(slots=True)
class LineCut(BrokenLinks):
    """A lossy cut of every link between the nodes of two regions."""

    one: str
    other: str
    name: ClassVar[str] = "line-cut"

    @property
    def target(self) -> str:
        """Both regions."""
        return f"{self.one} to {self.other}"

    @property
    def links(self) -> tuple[Link, ...]:
        """Those between them, both ways."""
        return between_regions(self.site.inventory.topology, self.one, self.other)

    @property
    def effect(self) -> Effect:
        """See ``CUT``."""
        return CUT

    @property
    def disrupts(self) -> bool:
        """Clients reach every server as before."""
        return False
