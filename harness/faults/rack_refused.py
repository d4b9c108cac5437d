"""A rack is turned away: connections across its boundary end at once, and new ones are refused."""

from dataclasses import dataclass
from typing import ClassVar

from hadrill.harness.faults.broken_links import BrokenRack
from hadrill.harness.faults.effect import REFUSED, Effect


@dataclass(slots=True)
class RackRefused(BrokenRack):
    """A cut that everybody notices."""

    name: ClassVar[str] = "rack-refused"

    @property
    def effect(self) -> Effect:
        """See ``REFUSED``."""
        return REFUSED
