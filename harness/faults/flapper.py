"""The thread that cuts a link and lets it carry, in turns, and looks each time."""

import time
from threading import Event

from hadrill.environments.embedded.site import EmbeddedSite
from hadrill.harness.faults.canary import SILENCE_S, Song, sing
from hadrill.harness.faults.effect import CUT
from hadrill.harness.faults.now_and_then import NowAndThen
from hadrill.harness.model.topology import Link


class Flapper:
    """Cuts and mends one link.

    Args:
        period_s: seconds from one cut to the next.
        times: cuts at most.

    Attributes:
        cut, carried: how often the link was seen so when it should have been.
        looks: how often it was looked at.
        began_ns, first_cut_ns: monotonic; just before the first cut, and once that was complete.
    """

    def __init__(self, site: EmbeddedSite, link: Link, period_s: float, times: int) -> None:
        self._site = site
        self._link = link
        self._half_s = period_s / 2
        self._silence_s = min(SILENCE_S, period_s / 4)
        self._times = times
        self._thread = NowAndThen(f"what has {link} flap", self._run)
        self.cut = self.carried = self.looks = 0
        self.began_ns = self.first_cut_ns = 0

    def __str__(self) -> str:
        seen = f"seen cut {self.cut} times and carrying {self.carried} times"
        return f"in {self.looks} looks {seen}{self._thread.troubled}"

    @property
    def trouble(self) -> str:
        """Why it ended before its time; empty otherwise."""
        return self._thread.trouble

    def start(self) -> None:
        """Begin."""
        self.began_ns = time.monotonic_ns()
        self._thread.start()

    def stop(self) -> None:
        """End; the link is left as it is; raises HarnessTrouble where it does not end."""
        self._thread.stop()

    def _run(self, enough: Event) -> None:
        for _ in range(self._times):
            if self._turn(enough):
                return

    def _turn(self, enough: Event) -> bool:
        """Once cut and once mended; whether that is enough."""
        began_s = time.monotonic()
        self._site.links.apply(CUT.on((self._link,)))
        self.first_cut_ns = self.first_cut_ns or time.monotonic_ns()
        self.cut += CUT.shows(self._look())
        if enough.wait(max(0.0, began_s + self._half_s - time.monotonic())):
            return True
        self._site.links.heal((self._link,))
        self.carried += self._look().sings
        return enough.wait(max(0.0, began_s + 2 * self._half_s - time.monotonic()))

    def _look(self) -> Song:
        self.looks += 1
        return sing(self._site.inventory, self._link, self._silence_s)
