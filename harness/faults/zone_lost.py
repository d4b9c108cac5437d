"""A zone loses its power."""

from dataclasses import dataclass
from typing import ClassVar

from hadrill.harness.faults.plan import racks_of_zone
from hadrill.harness.faults.power_lost import PowerLost


@dataclass(slots=True)
class ZoneLost(PowerLost):
    """All that stands on the racks of a zone is gone at one instant."""

    zone: str
    name: ClassVar[str] = "zone-lost"

    @property
    def target(self) -> str:
        """The zone."""
        return self.zone

    @property
    def racks(self) -> tuple[str, ...]:
        """All of the zone."""
        return racks_of_zone(self.site.inventory.topology, self.zone)
