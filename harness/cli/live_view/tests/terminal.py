"""A terminal of our own, with ``hadrill`` on it."""

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hadrill.harness.wait import NotYet, until

PROGRAM = "import sys; from hadrill.harness.cli.main import main; sys.exit(main())"
ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
COLUMNS, LINES = 120, 40


@dataclass
class Terminal:
    """The screen's side of a terminal.

    Attributes:
        drill: the process on it.
        before: how the terminal was set before that began.
    """

    drill: subprocess.Popen[bytes]
    before: list[Any]
    _screen: int
    _keyboard: int
    _seen: bytearray = field(default_factory=bytearray)

    @property
    def text(self) -> str:
        """All that was drawn so far, as words with single spaces."""
        return " ".join(ESCAPES.sub(" ", self._seen.decode(errors="replace")).replace("│", " ").split())

    @property
    def settings(self) -> list[Any]:
        """How the terminal is set now."""
        return termios.tcgetattr(self._keyboard)

    @property
    def taken(self) -> bool:
        """Whether the second screen is shown in place of the first."""
        return self._seen.rfind(b"\x1b[?1049h") > self._seen.rfind(b"\x1b[?1049l")

    def await_words(self, words: str, timeout_s: float) -> None:
        """Wait until the screen has shown them."""

        def shown() -> bool | NotYet:
            self._read()
            return True if words in self.text else NotYet(self.text[-2000:])

        until(shown, f"the screen to show {words!r}", timeout_s=timeout_s)

    def await_number(self, pattern: str, least: int, timeout_s: float) -> int:
        """Wait until the screen has shown a number, the pattern's group, from least on; the latest."""

        def shown() -> int | NotYet:
            self._read()
            numbers = [int(number) for number in re.findall(pattern, self.text)]
            return numbers[-1] if numbers and numbers[-1] >= least else NotYet(self.text[-2000:])

        return until(shown, f"the screen to show {least} or more in {pattern!r}", timeout_s=timeout_s)

    def press(self, key: str) -> None:
        """Press a key."""
        os.write(self._screen, key.encode())

    def close_window(self) -> None:
        """Take the terminal away, as closing its window does."""
        os.close(self._keyboard)
        os.close(self._screen)
        self._screen = self._keyboard = -1

    def await_end(self, timeout_s: float) -> int:
        """Wait for the end of the drill; returns its exit code."""

        def ended() -> int | NotYet:
            code = self.drill.poll()
            if self._screen >= 0:
                self._read()  # after a code nothing more is drawn
            return NotYet(self.text[-2000:]) if code is None else code

        return until(ended, "the drill to end", timeout_s=timeout_s)

    def close(self) -> None:
        """End what is still there."""
        self.drill.kill()
        self.drill.wait()
        if self._screen >= 0:
            self.close_window()

    def _read(self) -> None:
        while select.select([self._screen], [], [], 0)[0]:
            self._seen += os.read(self._screen, 65536)


@contextmanager
def terminal(folder: Path, *arguments: str, variables: Mapping[str, str] | None = None) -> Iterator[Terminal]:
    """``hadrill`` in that folder, on a terminal that is its own."""
    screen, keyboard = pty.openpty()
    fcntl.ioctl(screen, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
    before = termios.tcgetattr(keyboard)
    drill = subprocess.Popen(
        ["setsid", "--ctty", sys.executable, "-c", PROGRAM, *arguments],  # so that closing the window sends SIGHUP
        cwd=folder,
        env={**os.environ, "TERM": "xterm-256color", **(variables or {})},
        stdin=keyboard,
        stdout=keyboard,
        stderr=keyboard,
    )
    own = Terminal(drill, before, screen, keyboard)
    try:
        yield own
    finally:
        own.close()
