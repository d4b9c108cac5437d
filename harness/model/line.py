"""What a line between two regions is like."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cuts:
    """How often a line fails for a moment; each figure is drawn between its least and its most.

    Attributes:
        after_s: seconds that it carries before each cut.
        last_s: seconds that a cut lasts.
    """

    after_s: tuple[float, float]
    last_s: tuple[float, float]


@dataclass(frozen=True, slots=True)
class LineProfile:
    """A kind of line.

    Attributes:
        name: ``private line``, for example.
        latency_ms, jitter_ms: of each direction; a piece takes the one, more or less by up to the other.
        rate_kb_s: kilobytes a second of each connection, in each direction.
        cuts: None where it never fails by itself.
        source: where the figures come from.
    """

    name: str
    latency_ms: int
    jitter_ms: int
    rate_kb_s: int
    cuts: Cuts | None
    source: str

    @property
    def round_trip_s(self) -> tuple[float, float]:
        """The least and the most that a small question and its answer take on their way."""
        return 2 * (self.latency_ms - self.jitter_ms) / 1000, 2 * (self.latency_ms + self.jitter_ms) / 1000

    def __str__(self) -> str:
        cuts = "" if self.cuts is None else ", cut now and then"
        return f"{self.name} ({self.latency_ms}±{self.jitter_ms} ms and {self.rate_kb_s} KB/s each way{cuts})"
