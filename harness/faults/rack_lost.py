"""A rack loses its power."""

from dataclasses import dataclass
from typing import ClassVar

from hadrill.harness.faults.power_lost import PowerLost


@dataclass(slots=True)
class RackLost(PowerLost):
    """All that stands on a rack is gone at one instant, its host included."""

    rack: str
    name: ClassVar[str] = "rack-lost"

    @property
    def target(self) -> str:
        """The rack."""
        return self.rack

    @property
    def racks(self) -> tuple[str, ...]:
        """The one."""
        return (self.rack,)
