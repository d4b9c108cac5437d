"""What can be done to one direction of a link: Toxiproxy's toxics, typed and validated.

Toxiproxy 2.12 can be crashed by legal calls with attributes that make no sense, so none is sent that was not checked.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from hadrill.harness.errors import WrongCall
from hadrill.harness.model.topology import Link

LONGEST_MS: Final = 3_600_000
_SHORT_MS: Final = 500
FASTEST_KB_S: Final = 10_000_000


class Stream(StrEnum):
    """A direction of a link's bytes."""

    UPSTREAM = "upstream"  # from the link's source to its target
    DOWNSTREAM = "downstream"  # from the target back


@dataclass(frozen=True, slots=True)
class Toxic:
    """One toxic on one stream; made by the functions below, which know what is allowed.

    Attributes:
        kind: Toxiproxy's name for it.
        attributes: sorted by name; times in milliseconds, rates in KB/s.
    """

    kind: str
    stream: Stream
    attributes: tuple[tuple[str, int], ...] = ()

    @property
    def name(self) -> str:
        """Unique within a proxy, which never gets two of a kind on one stream."""
        return f"{self.kind}_{self.stream}"

    def __str__(self) -> str:
        values = ", ".join(f"{name} {value}" for name, value in self.attributes)
        return f"{self.kind} on {self.stream}" + (f" ({values})" if values else "")


@dataclass(frozen=True, slots=True)
class LinkToxic:
    """A toxic and the link that it goes on."""

    link: Link
    toxic: Toxic


def blackhole(stream: Stream) -> Toxic:
    """Bytes are lost, the connection stays open; connections close when it is removed."""
    return Toxic("timeout", stream, (("timeout", 0),))


def hold(stream: Stream) -> Toxic:
    """Bytes are held and arrive, in order, when it is removed."""
    return Toxic("bandwidth", stream, (("rate", 0),))


def latency(stream: Stream, latency_ms: int, jitter_ms: int = 0) -> Toxic:
    """Bytes arrive later by so many milliseconds, in order; each piece by up to the jitter more or less.

    Raises:
        WrongCall: the time is not between 1 ms and an hour, or the jitter is longer.
    """
    if not 1 <= latency_ms <= LONGEST_MS:
        raise WrongCall(f"a latency of {latency_ms} ms cannot be had; between 1 and {LONGEST_MS} can")
    if not 0 <= jitter_ms <= latency_ms:
        raise WrongCall(f"a jitter of {jitter_ms} ms cannot be had; between 0 and the latency's {latency_ms} can")
    return Toxic("latency", stream, (("jitter", jitter_ms), ("latency", latency_ms)))


def throttle(stream: Stream, rate_kb_s: int) -> Toxic:
    """At most so many kilobytes a second pass.

    Raises:
        WrongCall: the rate is not between 1 KB/s and 10 GB/s; for none at all there is ``hold``.
    """
    if not 1 <= rate_kb_s <= FASTEST_KB_S:
        raise WrongCall(f"a rate of {rate_kb_s} KB/s cannot be had; between 1 and {FASTEST_KB_S} can")
    return Toxic("bandwidth", stream, (("rate", rate_kb_s),))


def reset(stream: Stream) -> Toxic:
    """The first bytes that come reset their connection, at both ends; an idle connection stays as it is."""
    return Toxic("reset_peer", stream, (("timeout", 0),))


def swallow(stream: Stream) -> Toxic:
    """The first bytes that come are lost and end their connection; what goes the other way has arrived."""
    return Toxic("limit_data", stream, (("bytes", 0),))


def without_goodbye(stream: Stream) -> tuple[Toxic, Toxic]:
    """Bytes are lost, and so is the end of a connection: its peer dies unseen, as in a power cut.

    Under ``blackhole`` alone the end of a connection still gets through.
    """
    return (Toxic("slow_close", stream, (("delay", LONGEST_MS),)), blackhole(stream))


def is_long(toxic: Toxic) -> bool:
    """Whether Toxiproxy would hold the heal up: it waits 5 s for each late piece whose reader has gone meanwhile."""
    return toxic.kind == "latency" and dict(toxic.attributes)["latency"] > _SHORT_MS
