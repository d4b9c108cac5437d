"""A rack answers late: what is sent across its boundary takes its time, both ways."""

from dataclasses import dataclass
from typing import ClassVar

from hadrill.harness.faults.broken_links import BrokenRack
from hadrill.harness.faults.effect import Effect, slow


@dataclass(slots=True)
class RackSlow(BrokenRack):
    """Latency, with a bandwidth where that is given, on both streams of every link across the boundary.

    Attributes:
        latency_ms: for each direction; where it exceeds everybody's patience the rack is as good as gone.
        rate_kb_s: kilobytes a second, for each direction; None for as many as there are.
    """

    latency_ms: int
    rate_kb_s: int | None = None
    name: ClassVar[str] = "rack-slow"

    @property
    def effect(self) -> Effect:
        """See ``slow``."""
        return slow(self.latency_ms, self.rate_kb_s)
