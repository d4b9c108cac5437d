"""One direction of a replication link is held back: what the source sends, or what the replica acknowledges.

The replica opens the connection, so upstream are the acknowledgements and downstream the events.
"""

import time
from dataclasses import dataclass
from typing import ClassVar, Final

from hadrill.environments.embedded.site import EmbeddedSite
from hadrill.environments.toxics import Stream
from hadrill.harness.faults.canary import SILENCE_S, round_trip_s
from hadrill.harness.faults.fault import healed, proved, proved_in_time
from hadrill.harness.faults.plan import held_back
from hadrill.harness.model.fault import FaultRecord, Proof
from hadrill.harness.model.topology import Link
from hadrill.harness.wait import NotYet

ACKNOWLEDGEMENTS: Final = Stream.UPSTREAM
EVENTS: Final = Stream.DOWNSTREAM
_MARGIN_S: Final = 1.0


@dataclass(frozen=True, slots=True)
class ReplicationHeld:
    """A toxic on one stream of the link from a replica to its source.

    Attributes:
        stream: ``ACKNOWLEDGEMENTS`` or ``EVENTS``.
        latency_ms: how late bytes arrive; None holds them until the heal, when they arrive in order.
    """

    site: EmbeddedSite
    replica: str
    source: str
    stream: Stream
    latency_ms: int | None = None
    name: ClassVar[str] = "replication-held"

    @property
    def link(self) -> Link:
        """From the replica to its source."""
        return Link(self.replica, self.source)

    @property
    def target(self) -> str:
        """The link in words, and which way is held."""
        what = "acknowledgements" if self.stream is ACKNOWLEDGEMENTS else "events"
        return f"{what} on {self.link}"

    def inject(self) -> FaultRecord:
        """Proof: the toxic was read back, and a round trip over the link takes as long as it should, or never ends."""
        injected_ns = time.monotonic_ns()
        self.site.links.apply(held_back(self.link, self.stream, self.latency_ms))
        return FaultRecord(self.name, self.target, injected_ns, time.monotonic_ns(), self._prove(), disrupts=False)

    def undo(self) -> None:
        """Take the toxic off; bytes that were held arrive."""
        self.site.links.heal([self.link])

    def heal(self, record: FaultRecord, timeout_s: float) -> FaultRecord:
        """Proof: no toxic is left by read-back, and a round trip is quick again."""
        what = f"a quick round trip over the link {self.link}"
        return healed(record, self.undo, lambda: proved_in_time(self._quick_again, what, timeout_s))

    def _prove(self) -> Proof:
        least_s = (self.latency_ms or 0) / 1000
        took_s = self._round_trip(least_s + _MARGIN_S if self.latency_ms else SILENCE_S)
        if self.latency_ms is None:
            return proved(f"toxic read back; {_words(took_s)}", holds=took_s is None)
        return proved(f"toxic read back; {_words(took_s)}", holds=took_s is not None and took_s >= least_s)

    def _quick_again(self) -> str | NotYet:
        took_s = self._round_trip(SILENCE_S)
        return NotYet(_words(took_s)) if took_s is None else _words(took_s)

    def _round_trip(self, timeout_s: float) -> float | None:
        return round_trip_s(self.site.inventory.route(self.replica, self.source), timeout_s)


def _words(took_s: float | None) -> str:
    return "a round trip did not end in time" if took_s is None else f"a round trip took {took_s * 1000:.1f} ms"
