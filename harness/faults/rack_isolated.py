"""A rack is cut off: every byte across its boundary is lost, both ways; within it, everything goes on."""

from dataclasses import dataclass
from typing import ClassVar

from hadrill.harness.faults.broken_links import BrokenRack
from hadrill.harness.faults.effect import CUT, Effect


@dataclass(slots=True)
class RackIsolated(BrokenRack):
    """A lossy cut."""

    name: ClassVar[str] = "rack-isolated"

    @property
    def effect(self) -> Effect:
        """See ``CUT``."""
        return CUT
