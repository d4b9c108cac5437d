"""One direction of a replication link is held back: what the source sends, or what the replica acknowledges.

The replica opens the connection, so upstream are the acknowledgements and downstream the events.
"""

from dataclasses import dataclass
from typing import ClassVar, Final

from hadrill.environments.toxics import Stream
from hadrill.harness.faults.broken_links import BrokenLinks
from hadrill.harness.faults.effect import Effect, held_back
from hadrill.harness.model.topology import Link

ACKNOWLEDGEMENTS: Final = Stream.UPSTREAM
EVENTS: Final = Stream.DOWNSTREAM


@dataclass(slots=True)
class ReplicationHeld(BrokenLinks):
    """A toxic on one stream of the link from a replica to its source.

    Attributes:
        stream: ``ACKNOWLEDGEMENTS`` or ``EVENTS``.
        latency_ms: how late bytes arrive; None holds them until the heal, when they arrive in order.
    """

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

    @property
    def links(self) -> tuple[Link, ...]:
        """The one."""
        return (self.link,)

    @property
    def effect(self) -> Effect:
        """See ``held_back``."""
        return held_back(self.stream, self.latency_ms)

    @property
    def disrupts(self) -> bool:
        """Clients reach every server as before."""
        return False
