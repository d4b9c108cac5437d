"""Takes a scenario's pulse four times a second, on a thread of its own."""

import threading
from collections import deque
from typing import Final

from hadrill.harness.drill.drill import Drill
from hadrill.harness.drill.pulse import Pulse, PulseTaker

INTERVAL_S: Final = 0.25
KEPT: Final = 400
"""Rates for a line across the widest screen."""
_END_TIMEOUT_S: Final = 2.0


class Follower:
    """Follows one drill until ``close``."""

    def __init__(self, drill: Drill) -> None:
        self._latest: Pulse | None = None
        self._taker = PulseTaker(drill)
        self._rates: deque[float] = deque(maxlen=KEPT)
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._follow, daemon=True, name="pulse")
        self._thread.start()

    @property
    def latest(self) -> Pulse | None:
        """The last pulse, with what has changed since then; None before the first."""
        pulse = self._latest
        return None if pulse is None else self._taker.freshened(pulse)

    @property
    def rates(self) -> tuple[float, ...]:
        """Writes a second, one value a pulse while a load runs, the latest last."""
        return tuple(self._rates)

    def close(self) -> None:
        """End; a question that nobody answers does not keep the drill."""
        self._over.set()
        self._thread.join(_END_TIMEOUT_S)

    def _follow(self) -> None:
        while not self._over.is_set():
            self._latest = pulse = self._taker.take()
            if pulse.load is not None:
                self._rates.append(pulse.load.writes_per_s)
            self._over.wait(INTERVAL_S)
        self._taker.close()
