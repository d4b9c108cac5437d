"""Times without an acknowledgement, and the stalls of our own load that fall into them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from hadrill.harness.checks.groups import Groups
from hadrill.harness.checks.ownership import EARLIEST, LATEST
from hadrill.harness.model.history import Stall
from hadrill.harness.model.operation import NO_SERVER, Operations

OURS_STOOD_STILL: Final = "our own load stood still"
"""Stands in a reason for doubt that lies outside hadrill and the drilled system."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A time without an acknowledgement.

    Attributes:
        group: whose: the number that its acknowledgements were grouped by.
        from_ns, until_ns: the acknowledgements before and after it, or the end of the history.
    """

    group: int
    from_ns: int
    until_ns: int

    @property
    def length_s(self) -> float:
        """Its length in seconds."""
        return (self.until_ns - self.from_ns) / 1e9


def longest_gap(writes: Operations, group: NDArray[Any], begin_ns: int, old: int, end_ns: int) -> Gap:
    """The longest gap that overlaps the time from an event to the first acknowledgement by another server.

    Args:
        writes: acknowledged ones, in any order; at least one of them before the event.
        group: for each write the client, or zeros to take all clients as one; of a small type, so that it sorts fast.
        begin_ns: the event.
        old: the server that acknowledged before it; the time ends when a group is first answered by another one.
        end_ns: the end of the history; closes what no acknowledgement closed.
    """
    groups = int(group.max(initial=0)) + 1
    received_ns, after = writes["received_ns"], writes["received_ns"] > begin_ns
    before, changed = ~after, after & (writes["server"] != old) & (writes["server"] != NO_SERVER)
    latest, elsewhere = np.full(groups, EARLIEST), np.full(groups, LATEST)
    by_group = Groups.of(group[before])
    latest[by_group.numbers] = by_group.largest(received_ns[before])
    by_group = Groups.of(group[changed])
    elsewhere[by_group.numbers] = by_group.smallest(received_ns[changed])

    inside = after & (received_ns <= elsewhere[group]) & (latest[group] > EARLIEST)
    began = np.flatnonzero(latest > EARLIEST)
    unclosed = np.flatnonzero((latest > EARLIEST) & (elsewhere == LATEST))
    whose = np.concatenate([began, group[inside], unclosed])
    when = np.concatenate([latest[began], received_ns[inside], np.full(len(unclosed), end_ns)])
    return _longest(whose, when)


def pauses(received_ns: NDArray[np.int64], begin_ns: int, end_ns: int) -> tuple[Gap, Gap]:
    """The longest time between two acknowledgements that overlaps these times, and the time after the last one.

    Args:
        received_ns: of acknowledgements, in any order; at least one of them not after the begin.
        begin_ns, end_ns: acknowledgements after the end are not looked at.
    """
    within = np.sort(received_ns[(received_ns > begin_ns) & (received_ns <= end_ns)])
    points = np.concatenate([[received_ns[received_ns <= begin_ns].max()], within])
    still_open = Gap(0, int(points[-1]), max(end_ns, int(points[-1])))
    if not len(within):
        return Gap(0, int(points[0]), int(points[0])), still_open
    place = int(np.diff(points).argmax())
    return Gap(0, int(points[place]), int(points[place + 1])), still_open


def beyond(sentence: str, stalls: Iterable[Stall], gap: Gap, limit_s: float) -> tuple[str, str]:
    """What to say of a time that was held to a limit: a finding, a reason for doubt; both empty where it was kept.

    It is doubt where our own stalls in that time may be all that exceeds the limit.
    """
    excess_s, stalled = gap.length_s - limit_s, stalled_s(stalls, gap)[1]
    if excess_s <= 0:
        return "", ""
    if excess_s < stalled:
        return "", f"{sentence}; but {OURS_STOOD_STILL} for {stalled:.3f} s of it"
    return sentence, ""


def spacing_s(times_ns: NDArray[np.int64]) -> float:
    """The 99th percentile of the seconds between consecutive times; 0 for fewer than two."""
    return float(np.percentile(np.diff(np.sort(times_ns)), 99)) / 1e9 if len(times_ns) > 1 else 0.0


def stalled_s(stalls: Iterable[Stall], gap: Gap) -> tuple[float, float]:
    """Seconds of a gap in which a load process of ours stood still: the longest stall's, and those of all together."""
    parts = [
        (max(stall.began_ns, gap.from_ns), min(stall.began_ns + stall.length_ns, gap.until_ns))
        for stall in sorted(stalls, key=lambda stall: stall.began_ns)
    ]
    together_ns, reached_ns = 0, gap.from_ns
    for from_ns, until_ns in parts:
        together_ns += max(0, until_ns - max(from_ns, reached_ns))
        reached_ns = max(reached_ns, until_ns)
    longest_ns = max((until_ns - from_ns for from_ns, until_ns in parts), default=0)
    return max(0, longest_ns) / 1e9, together_ns / 1e9


def _longest(whose: NDArray[Any], when: NDArray[np.int64]) -> Gap:
    order = np.lexsort((when, whose))
    whose, when = whose[order], when[order]
    place = int(np.where(whose[1:] == whose[:-1], when[1:] - when[:-1], -1).argmax())
    return Gap(int(whose[place]), int(when[place]), int(when[place + 1]))
