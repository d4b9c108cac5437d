"""One link is slow: what is sent over it takes its time, both ways."""

from dataclasses import dataclass
from typing import ClassVar

from hadrill.harness.faults.broken_links import BrokenLink
from hadrill.harness.faults.effect import Effect, slow


@dataclass(slots=True)
class LinkSlow(BrokenLink):
    """Latency, with a bandwidth where that is given, on both streams of one link.

    Attributes:
        latency_ms: for each direction.
        rate_kb_s: kilobytes a second, for each direction; None for as many as there are.
    """

    latency_ms: int
    rate_kb_s: int | None = None
    name: ClassVar[str] = "link-slow"

    @property
    def effect(self) -> Effect:
        """See ``slow``."""
        return slow(self.latency_ms, self.rate_kb_s)
