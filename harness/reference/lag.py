"""How far a disaster-recovery instance is behind its master, by what either had executed when (pure but for a lock)."""

import threading
from collections import deque
from dataclasses import dataclass
from typing import Final

from hadrill.harness.reference.gtids import Gtids

SILENT_S: Final = 0.5
"""Who was not heard for so long is silent: nothing newer than what it said last is known to have arrived."""


@dataclass(frozen=True, slots=True)
class Sample:
    """What the master had executed at a moment.

    Attributes:
        at_s: clock when it was asked, seconds.
    """

    at_s: float
    executed: Gtids


class Lag:
    """Fed with what the master's primary and the front say; safe to share between threads.

    It is the age of the oldest sample of the master that the front has not executed. Where either is silent, or the
    front does not receive, it is counted from the newest moment of which all is known to have arrived: so it grows
    through a cut, whether anything is written or not.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._missing: deque[Sample] = deque()
        self._arrived: Sample | None = None
        self._source_s = 0.0
        self._front_s = 0.0

    def source_executed(self, at_s: float, executed: str) -> None:
        """The master's primary said this; after a failover, what the new one lacks is nobody's lag any more."""
        sample = Sample(at_s, Gtids.parse(executed))
        with self._lock:
            self._source_s = at_s
            while self._missing and not sample.executed.contains(self._missing[-1].executed):
                self._missing.pop()
            if not self._missing or self._missing[-1].executed != sample.executed:
                self._missing.append(sample)

    def front_executed(self, at_s: float, executed: str, *, receiving: bool) -> None:
        """The front said this."""
        has = Gtids.parse(executed)
        with self._lock:
            while self._missing and self._missing[0].at_s <= at_s and has.contains(self._missing[0].executed):
                self._arrived = self._missing.popleft()
            if receiving:
                self._front_s = at_s

    def lag_s(self, now_s: float) -> float | None:
        """Seconds at this moment; None where it never received, or never held all that the master had at a moment."""
        with self._lock:
            heard_s = min(self._source_s, self._front_s)
            if self._arrived is None or heard_s == 0.0:
                return None
            if now_s - heard_s > SILENT_S:
                return now_s - min(self._arrived.at_s, heard_s)
            due = [sample.at_s for sample in self._missing if sample.at_s <= self._front_s]
            return now_s - due[0] if due else 0.0
