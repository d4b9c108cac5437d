"""The thread that cuts a link and lets it carry, in turns, and looks each time."""

import threading
import time
from typing import Final

from hadrill.environments.embedded.site import EmbeddedSite
from hadrill.harness.errors import HadrillError, HarnessTrouble
from hadrill.harness.faults.canary import SILENCE_S, Song, sing
from hadrill.harness.faults.effect import CUT
from hadrill.harness.model.topology import Link

_END_LIMIT_S: Final = 10.0


class Flapper:
    """Cuts and mends one link.

    Args:
        period_s: seconds from one cut to the next.
        times: cuts at most.

    Attributes:
        cut, carried: how often the link was seen so when it should have been.
        looks: how often it was looked at.
        began_ns, first_cut_ns: monotonic; just before the first cut, and once that was complete.
        trouble: why it ended before its time; empty otherwise.
    """

    def __init__(self, site: EmbeddedSite, link: Link, period_s: float, times: int) -> None:
        self._site = site
        self._link = link
        self._half_s = period_s / 2
        self._silence_s = min(SILENCE_S, period_s / 4)
        self._times = times
        self._enough = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True, name=f"flapping {link}")
        self.cut = self.carried = self.looks = 0
        self.began_ns = self.first_cut_ns = 0
        self.trouble = ""

    def __str__(self) -> str:
        trouble = f"; {self.trouble}" if self.trouble else ""
        return f"in {self.looks} looks seen cut {self.cut} times and carrying {self.carried} times{trouble}"

    def start(self) -> None:
        """Begin."""
        self.began_ns = time.monotonic_ns()
        self._thread.start()

    def stop(self) -> None:
        """End; the link is left as it is.

        Raises:
            HarnessTrouble: it does not end.
        """
        self._enough.set()
        if self._thread.ident is not None:
            self._thread.join(_END_LIMIT_S)
        if self._thread.is_alive():
            raise HarnessTrouble(f"what has {self._link} flap did not end within {_END_LIMIT_S:g} s: no verdict")

    def _run(self) -> None:
        try:
            for _ in range(self._times):
                if self._turn():
                    return
        except HadrillError as error:
            self.trouble = str(error)

    def _turn(self) -> bool:
        """Once cut and once mended; whether that is enough."""
        began_s = time.monotonic()
        self._site.links.apply(CUT.on((self._link,)))
        self.first_cut_ns = self.first_cut_ns or time.monotonic_ns()
        self.cut += CUT.shows(self._look())
        if self._enough.wait(max(0.0, began_s + self._half_s - time.monotonic())):
            return True
        self._site.links.heal((self._link,))
        self.carried += self._look().sings
        return self._enough.wait(max(0.0, began_s + 2 * self._half_s - time.monotonic()))

    def _look(self) -> Song:
        self.looks += 1
        return sing(self._site.inventory, self._link, self._silence_s)
