"""A region is cut off from the others and from the manager; its own clients go on in it."""

from dataclasses import dataclass
from typing import ClassVar

from hadrill.harness.faults.broken_links import BrokenLinks
from hadrill.harness.faults.effect import CUT, Effect
from hadrill.harness.faults.plan import out_of_region
from hadrill.harness.model.topology import Link


@dataclass(slots=True)
class RegionIsolated(BrokenLinks):
    """A lossy cut of every link that leaves a region: seen from elsewhere it is dead, and it is not."""

    region: str
    name: ClassVar[str] = "region-isolated"

    @property
    def target(self) -> str:
        """The region."""
        return self.region

    @property
    def links(self) -> tuple[Link, ...]:
        """Those that leave it."""
        return out_of_region(self.site.inventory.topology, self.region)

    @property
    def effect(self) -> Effect:
        """See ``CUT``."""
        return CUT

    @property
    def disrupts(self) -> bool:
        """Its clients reach its servers as before."""
        return False
