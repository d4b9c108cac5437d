"""How far behind each server was, look by look. Unit: seconds.

The lag at a look is how long ago, when its question was sent, the oldest acknowledged write that it was not shown had
been acknowledged; 0 where everything acknowledged until then was shown. It is never overstated by our own load: a late
stamp of an acknowledgement makes it shorter, and what is shown is at least as new as the question.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from hadrill.harness.checks.authors import Acknowledged, acknowledged_by
from hadrill.harness.checks.columns import numbers_in
from hadrill.harness.checks.gaps import Gap, spacing_s, stalled_s
from hadrill.harness.checks.looks import Looks, looks_of
from hadrill.harness.checks.wording import server_name
from hadrill.harness.model.history import History
from hadrill.harness.model.operation import NO_SERVER, Way

SETTLED_S: Final = 0.1
"""A lag up to this is none worth telling: under load something is always on its way."""


@dataclass(frozen=True, slots=True)
class LagSeries:
    """One server's lag over time, from all readers that look at it past the primary's address.

    Attributes:
        node: where it runs.
        at_ns: when each question was sent, ascending.
        lag_s: in seconds.
        doubt: why it may be understated; empty where it is not.
    """

    node: str
    at_ns: NDArray[np.int64]
    lag_s: NDArray[np.float64]
    doubt: str = ""

    def gap(self, look: int) -> Gap:
        """The time for which the write that was missing at a look had been acknowledged."""
        at_ns = int(self.at_ns[look])
        return Gap(0, at_ns - round(float(self.lag_s[look]) * 1e9), at_ns)

    def settled(self, since: int) -> int | None:
        """The first look, from that one on, with no lag worth telling; None where there is none."""
        looks = np.flatnonzero(self.lag_s[since:] <= SETTLED_S)
        return since + int(looks[0]) if len(looks) else None

    def resolution_s(self, history: History, look: int) -> float:
        """A lag may have been longer than at this look by the time to the next one, or by our own stall."""
        return spacing_s(self.at_ns) + stalled_s(history.stalls, self.gap(look))[0]


@dataclass(frozen=True, slots=True)
class Watched:
    """What readers were shown, and what they might have been.

    Attributes:
        looks: of each reader.
        acknowledged: by the number of each writer that any of them watches.
    """

    looks: tuple[Looks, ...]
    acknowledged: dict[int, Acknowledged]


def watched(history: History, ways: tuple[Way, ...]) -> Watched:
    """By readers over these ways."""
    looks = tuple(each for each in looks_of(history) if each.way in ways)
    writers = sorted({writer for each in looks for writer in each.writers})
    return Watched(looks, acknowledged_by(history, writers) if writers else {})


def lag_series(history: History, ways: tuple[Way, ...] = (Way.READ_ONLY, Way.RACK, Way.NODE)) -> tuple[LagSeries, ...]:
    """The lag of every server that readers looked at over these ways, in the order of the roster."""
    return series_of(history, watched(history, ways))


def series_of(history: History, seen: Watched) -> tuple[LagSeries, ...]:
    """The lag of every server that these readers looked at, in the order of the roster."""
    parts = [(looks, _lag_s(looks, seen.acknowledged)) for looks in seen.looks]
    servers = sorted({server for looks, _ in parts for server in numbers_in(looks.server)} - {NO_SERVER})
    return tuple(_series(history, server, parts) for server in servers)


def _lag_s(looks: Looks, acknowledged: dict[int, Acknowledged]) -> NDArray[np.float64]:
    lag_ns = np.zeros(len(looks.at_ns), dtype=np.int64)
    for column, writer in enumerate(looks.writers):
        np.maximum(lag_ns, acknowledged[writer].waiting_ns(looks.shown[:, column], looks.at_ns), out=lag_ns)
    return lag_ns / 1e9


def _series(history: History, server: int, parts: list[tuple[Looks, NDArray[np.float64]]]) -> LagSeries:
    there = [looks.server == server for looks, _ in parts]
    at_ns = np.concatenate([looks.at_ns[here] for (looks, _), here in zip(parts, there, strict=True)])
    lag_s = np.concatenate([lag[here] for (_, lag), here in zip(parts, there, strict=True)])
    order = np.argsort(at_ns, kind="stable")
    doubts = [looks.doubt for (looks, _), here in zip(parts, there, strict=True) if here.any() and looks.doubt]
    return LagSeries(server_name(history, server), at_ns[order], lag_s[order], "; ".join(doubts))
