"""How long a few bytes and their answer take over a link: measured, and judged against a line's profile."""

import socket
import statistics
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

from hadrill.harness.faults.canary import NONSENSE
from hadrill.harness.model.inventory import Inventory
from hadrill.harness.model.line import LineProfile
from hadrill.harness.model.topology import Link

SAMPLES: Final = 5
LATE_S: Final = 0.15
"""How much longer than the line's most half of the round trips may take on a busy machine."""

_ANSWER_LIMIT_S: Final = 3.0
_AT_ONCE: Final = 64


@dataclass(frozen=True, slots=True)
class RoundTrips:
    """What was measured, seconds; shortest first."""

    seen_s: tuple[float, ...]

    def __str__(self) -> str:
        if not self.seen_s:
            return "no round trip was answered"
        low, middle, high = (1000 * s for s in (self.seen_s[0], statistics.median(self.seen_s), self.seen_s[-1]))
        return f"{len(self.seen_s)} round trips of {low:.1f} to {high:.1f} ms, {middle:.1f} ms in the middle"

    def show(self, profile: LineProfile) -> bool:
        """None is too short for the line, and half are no longer than it and a busy machine explain."""
        least_s, most_s = profile.round_trip_s
        return bool(self.seen_s) and self.seen_s[0] >= least_s and statistics.median(self.seen_s) <= most_s + LATE_S

    def quicker_than(self, profile: LineProfile) -> bool:
        """Half are too short for the line."""
        return bool(self.seen_s) and statistics.median(self.seen_s) < profile.round_trip_s[0]


def round_trips(inventory: Inventory, links: Iterable[Link], samples: int = SAMPLES) -> RoundTrips:
    """Measure links to servers side by side, each so many times; what is not answered is left out."""
    listed = tuple(links)
    with ThreadPoolExecutor(max_workers=min(_AT_ONCE, max(1, len(listed)))) as pool:
        seen = pool.map(lambda link: [round_trip_s(inventory, link) for _ in range(samples)], listed)
        return RoundTrips(tuple(sorted(each for some in seen for each in some if each is not None)))


def round_trip_s(inventory: Inventory, link: Link) -> float | None:
    """From a packet of nonsense to the server's answer, seconds; None where there was none."""
    way = inventory.route(link.source, link.target)
    try:
        with socket.create_connection((way.host, way.port), timeout=_ANSWER_LIMIT_S) as connection:
            if not connection.recv(4096):
                return None
            began_s = time.monotonic()
            connection.sendall(NONSENSE)
            return time.monotonic() - began_s if connection.recv(4096) else None
    except OSError:
        return None
