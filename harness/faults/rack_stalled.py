"""A rack is cut off as TCP sees it: what is sent across its boundary arrives after the heal, and not before."""

from dataclasses import dataclass
from typing import ClassVar

from hadrill.harness.faults.broken_links import BrokenRack
from hadrill.harness.faults.effect import STALLED, Effect


@dataclass(slots=True)
class RackStalled(BrokenRack):
    """A cut that loses nothing."""

    name: ClassVar[str] = "rack-stalled"

    @property
    def effect(self) -> Effect:
        """See ``STALLED``."""
        return STALLED
