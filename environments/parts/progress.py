"""How the finding and fetching of parts tells what it is at."""

import threading
from typing import Protocol, TextIO

from hadrill.harness.visible import visible


class Progress(Protocol):
    """Told what happens, a line at a time; called from several threads."""

    def say(self, message: str) -> None:
        """Take one line, without its line end."""
        ...


class Lines:
    """Writes each message as a line of its own, so that it reads the same in a terminal and in a CI log."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._one_at_a_time = threading.Lock()

    def say(self, message: str) -> None:
        """Write one line at once; what others supplied in it cannot act on the terminal."""
        with self._one_at_a_time:
            self._stream.write(f"{visible(message)}\n")
            self._stream.flush()


class Quiet:
    """Says nothing; for where only the result counts."""

    def say(self, message: str) -> None:
        """Drop the line."""


def megabytes(size: int) -> str:
    """A number of bytes for people: ``"61 MB"``, ``"0.4 MB"``."""
    return f"{size / 1e6:.0f} MB" if size >= 10_000_000 else f"{size / 1e6:.1f} MB"
