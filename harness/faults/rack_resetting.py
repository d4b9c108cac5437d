"""A rack is out of order: connections across its boundary are reset at the first bytes, idle ones stay."""

from dataclasses import dataclass
from typing import ClassVar

from hadrill.harness.faults.broken_links import BrokenRack
from hadrill.harness.faults.effect import RESETTING, Effect


@dataclass(slots=True)
class RackResetting(BrokenRack):
    """A cut that strikes who speaks."""

    name: ClassVar[str] = "rack-resetting"

    @property
    def effect(self) -> Effect:
        """See ``RESETTING``."""
        return RESETTING
