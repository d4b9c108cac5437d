"""Signals that ask the drill to end, turned into an exception so that faults are healed on the way out.

Without this SIGTERM and SIGHUP would end the process with everything that it broke still broken.
"""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Interrupted(KeyboardInterrupt):
    """The drill was asked to end; raised in the main thread wherever it is."""


class Interruption:
    """Raises ``Interrupted`` at the first signal; later ones wait for the tear-down that it causes.

    Attributes:
        by: name of the signal that came, or who asked; empty as long as nobody has.
    """

    def __init__(self) -> None:
        self.by = ""
        self._asked_by = ""
        self._held = False
        self._previous: dict[signal.Signals, signal._HANDLER] = {}

    @contextmanager
    def taken_over(self) -> Iterator[None]:
        """Handle the signals within, whichever way it is left."""
        try:
            self.take_over()
            yield
        finally:
            self.give_back()

    def take_over(self) -> None:
        """Handle the signals from now on; one that the caller had ignored (nohup) stays ignored."""
        if threading.current_thread() is not threading.main_thread():
            return
        for number in SIGNALS:
            if signal.getsignal(number) is not signal.SIG_IGN:
                self._previous[number] = signal.signal(number, self._receive)

    def give_back(self) -> None:
        """Let the signals do what they did before."""
        for number, handler in self._previous.items():
            signal.signal(number, handler)
        self._previous.clear()

    def hold(self) -> None:
        """Let a signal wait from now on: what is torn down must not be torn down by half."""
        self._held = True

    def release(self) -> None:
        """Raise for a signal that waited, and from now on for one that comes."""
        self._held = False
        if self.by:
            raise Interrupted(self.by)

    def ask(self, by: str) -> None:
        """Ask the drill to end as a signal would, from any thread.

        Args:
            by: who asks, for the journal.
        """
        self._asked_by = by
        main = threading.main_thread().ident
        if self._previous and main is not None:
            signal.pthread_kill(main, next(iter(self._previous)))  # cuts short what it waits for in the kernel

    def _receive(self, number: int, _: FrameType | None) -> None:
        first = not self.by
        self.by = self.by or self._asked_by or signal.Signals(number).name
        if first and not self._held:
            raise Interrupted(self.by)
