"""Whether the manager itself stood still for a while: frozen, for one, or without a core."""

import logging
import threading
import time
from typing import Final

EVERY_S: Final = 0.05
STILL_S: Final = 0.5
"""Longer than a busy machine keeps a thread waiting, and shorter than any silence that is acted upon."""

log = logging.getLogger("hadrill.reference")


class Heartbeat:
    """Beats from a thread of its own; who stood still must not take the time for somebody else's silence."""

    def __init__(self) -> None:
        self._ended = threading.Event()
        self._beat_ns = time.monotonic_ns()
        self._woke_ns = 0
        self._thread = threading.Thread(target=self._run, name="heartbeat", daemon=True)

    def start(self) -> None:
        """Begin to beat."""
        self._beat_ns = time.monotonic_ns()
        self._thread.start()

    def end(self) -> None:
        """Beat no more; returns at once."""
        self._ended.set()

    def stood_still_since(self, at_ns: int) -> bool:
        """Whether it woke up after an instant of the monotonic clock, or does so only now and has not beaten yet."""
        beats = not _is_long(time.monotonic_ns() - self._beat_ns)
        return not beats or self._woke_ns > at_ns  # in this order: it is put down that it woke before it beats again

    def _run(self) -> None:
        while not self._ended.wait(EVERY_S):
            now_ns = time.monotonic_ns()
            if _is_long(now_ns - self._beat_ns):
                self._woke_ns = now_ns
                log.warning("the manager stood still for %.1f s", (now_ns - self._beat_ns) / 1e9)
            self._beat_ns = now_ns


def _is_long(pause_ns: int) -> bool:
    return pause_ns > STILL_S * 1e9
