"""The one key of the live view, read from the terminal without waiting for Enter."""

import os
import select
import sys
import termios
import threading
import tty
from collections.abc import Callable
from contextlib import suppress
from typing import Final

from hadrill.harness.errors import WrongCall

KEY: Final = b"q"
LOOK_S: Final = 0.2


def require_terminal() -> None:
    """Make sure that there is a screen to draw on and a keyboard to read.

    Raises:
        WrongCall: standard input or output is no terminal.
    """
    for name, stream in (("standard output", sys.stdout), ("standard input", sys.stdin)):
        if not stream.isatty():
            raise WrongCall(
                f"--live needs a terminal, and {name} is none; leave it out to get a line for each scenario"
            )


class Keyboard:
    """Reads keys on a thread of its own; ``close`` leaves the terminal as it was.

    Args:
        pressed: called when the key is pressed, at most once.
    """

    def __init__(self, pressed: Callable[[], None]) -> None:
        self._pressed = pressed
        self._fd = os.dup(0)  # pytest puts something else in its place
        self._before = termios.tcgetattr(self._fd)
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._read, daemon=True, name="keyboard")

    def open(self) -> None:
        """Take keys one by one, without an echo; signals (Ctrl-C) stay what they are."""
        tty.setcbreak(self._fd, termios.TCSANOW)
        self._thread.start()

    def close(self) -> None:
        """Give the terminal back; a second call does nothing."""
        if self._over.is_set():
            return
        self._over.set()
        if self._thread.is_alive():
            self._thread.join()
        with suppress(termios.error):  # it is gone
            termios.tcsetattr(self._fd, termios.TCSANOW, self._before)
        os.close(self._fd)

    def _read(self) -> None:
        while not self._over.is_set():
            if not select.select([self._fd], [], [], LOOK_S)[0]:
                continue
            try:
                read = os.read(self._fd, 64)
            except OSError:  # the terminal is gone
                return
            if KEY in read:
                self._pressed()
            if KEY in read or not read:
                return
