"""The machine's quiet: what judges a time waits until nothing else of the run is at work (design decision 12)."""

from multiprocessing import get_context
from multiprocessing.synchronize import Lock


class Quiet:
    """Held by one scenario at a time, from its first event until it is taken down, whichever process it runs in."""

    def __init__(self) -> None:
        self._lock: Lock | None = None
        self._mine = False

    def share(self) -> None:
        """Other processes are about to be forked, which are to wait for one another."""
        self._lock = get_context("fork").Lock()

    def take(self) -> None:
        """Wait until nobody else has it; harmless where this process has it already."""
        if self._lock is not None and not self._mine:
            self._lock.acquire()
            self._mine = True

    def leave(self) -> None:
        """Let the next one have it; harmless where this process does not have it."""
        if self._lock is not None and self._mine:
            self._mine = False
            self._lock.release()
