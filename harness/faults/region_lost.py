"""A region loses its power."""

from dataclasses import dataclass
from typing import ClassVar

from hadrill.harness.faults.plan import racks_of_region
from hadrill.harness.faults.power_lost import PowerLost


@dataclass(slots=True)
class RegionLost(PowerLost):
    """All that stands on the racks of a region is gone at one instant, their hosts included."""

    region: str
    name: ClassVar[str] = "region-lost"

    @property
    def target(self) -> str:
        """The region."""
        return self.region

    @property
    def racks(self) -> tuple[str, ...]:
        """All of the region."""
        return racks_of_region(self.site.inventory.topology, self.region)
