"""The thread that has a line fail for a moment now and then, as its profile and a seed say."""

import random
import threading
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from hadrill.environments.embedded.links import Links
from hadrill.harness.errors import HadrillError, HarnessTrouble
from hadrill.harness.model.line import Cuts
from hadrill.harness.model.topology import Link

MOST: Final = 1000
"""Cuts of one line; after the last it carries."""

_END_LIMIT_S: Final = 20.0


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
        trouble: why it ended before its time; empty otherwise.
    """

    def __init__(self, links: Links, line: tuple[Link, ...], plan: Iterable[PlannedCut]) -> None:
        self._links = links
        self._line = line
        self._plan = plan
        self._enough = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True, name="cutting a line")
        self.cuts = 0
        self.cut_s = 0.0
        self.trouble = ""

    def __str__(self) -> str:
        trouble = f"; {self.trouble}" if self.trouble else ""
        return f"cut {self.cuts} times, {self.cut_s:.1f} s in all{trouble}"

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End; the links carry.

        Raises:
            HarnessTrouble: it does not end.
        """
        self._enough.set()
        if self._thread.ident is not None:
            self._thread.join(_END_LIMIT_S)
        if self._thread.is_alive():
            raise HarnessTrouble(f"what cuts a line now and then did not end within {_END_LIMIT_S:g} s: no verdict")

    def _run(self) -> None:
        try:
            for cut in self._plan:
                if self._enough.wait(cut.after_s):
                    return
                self._cut(cut.lasts_s)
        except HadrillError as error:
            self.trouble = str(error)

    def _cut(self, lasts_s: float) -> None:
        began_s = time.monotonic()
        interrupted = self._links.interrupt(self._line)
        self._enough.wait(lasts_s)
        self._links.resume(interrupted)
        self.cuts += bool(interrupted)
        self.cut_s += time.monotonic() - began_s if interrupted else 0.0
