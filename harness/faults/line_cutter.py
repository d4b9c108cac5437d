"""The thread that has a line fail for a moment now and then, as its profile and a seed say."""

import random
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from threading import Event
from typing import Final

from hadrill.environments.embedded.links import Links
from hadrill.harness.faults.now_and_then import NowAndThen
from hadrill.harness.model.line import Cuts
from hadrill.harness.model.topology import Link

MOST: Final = 1000
"""Cuts of one line; after the last it carries."""


@dataclass(frozen=True, slots=True)
class PlannedCut:
    """One cut, in seconds from the end of the one before, or from the beginning."""

    after_s: float
    lasts_s: float


def planned_cuts(cuts: Cuts, seed: int, most: int = MOST) -> Iterator[PlannedCut]:
    """The same cuts for the same seed."""
    drawn = random.Random(seed)  # noqa: S311 - chance that can be had again, no secret
    endless = (PlannedCut(drawn.uniform(*cuts.after_s), drawn.uniform(*cuts.last_s)) for _ in iter(int, 1))
    return islice(endless, most)


class LineCutter:
    """Interrupts links and lets them carry again: their connections end, and new ones are refused meanwhile.

    Attributes:
        cuts: how many there were.
        cut_s: how long they lasted together.
    """

    def __init__(self, links: Links, line: tuple[Link, ...], plan: Iterable[PlannedCut]) -> None:
        self._links = links
        self._line = line
        self._plan = plan
        self._thread = NowAndThen("what cuts a line now and then", self._run)
        self.cuts = 0
        self.cut_s = 0.0

    def __str__(self) -> str:
        return f"cut {self.cuts} times, {self.cut_s:.1f} s in all{self._thread.troubled}"

    @property
    def trouble(self) -> str:
        """Why it ended before its time; empty otherwise."""
        return self._thread.trouble

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End; the links carry; raises HarnessTrouble where it does not end."""
        self._thread.stop()

    def _run(self, enough: Event) -> None:
        for cut in self._plan:
            if enough.wait(cut.after_s):
                return
            self._cut(cut.lasts_s, enough)

    def _cut(self, lasts_s: float, enough: Event) -> None:
        began_s = time.monotonic()
        interrupted = self._links.interrupt(self._line)
        enough.wait(lasts_s)
        self._links.resume(interrupted)
        self.cuts += bool(interrupted)
        self.cut_s += time.monotonic() - began_s if interrupted else 0.0
