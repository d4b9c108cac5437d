"""When a client sends next: a fixed beat that an operation's own length does not shift."""

import threading
from collections.abc import Callable

from hadrill.harness.evidence.clock import now_ns


class Pace:
    """Beats at ``first_ns + n * period_ns``; those that passed while the client was busy are left out, not made up for.

    The first is never left out: a client may be asked for it a moment late, and would stand still for a whole period.

    Staying on the beat keeps several clients spread over the period, so that together they see an outage's end sooner.
    """

    def __init__(
        self, period_ns: int, first_ns: int, stopped: threading.Event, clock: Callable[[], int] = now_ns
    ) -> None:
        """Beat until stopped.

        Args:
            period_ns: from beat to beat; 0 never waits.
            first_ns: monotonic clock of the first beat.
            stopped: ends every wait at once.
            clock: monotonic nanoseconds, an argument for tests.
        """
        self._period_ns = period_ns
        self._first_ns = first_ns
        self._last_ns: int | None = None
        self._stopped = stopped
        self._clock = clock

    def wait(self) -> bool:
        """Wait for the next beat; False once the client is to stop."""
        if self._stopped.is_set():
            return False
        if self._period_ns == 0:
            return True
        at_ns = self._clock()
        last_ns = self._last_ns
        self._last_ns = self._first_ns if last_ns is None else next_beat(last_ns, self._period_ns, at_ns)
        return not self._stopped.wait(max(0, self._last_ns - at_ns) / 1e9)


def next_beat(last_ns: int, period_ns: int, at_ns: int) -> int:
    """The first beat after the last one that does not lie in the past."""
    beats = max(1, -(-(at_ns - last_ns) // period_ns))
    return last_ns + beats * period_ns
