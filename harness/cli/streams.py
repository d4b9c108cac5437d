"""Standard streams that take whatever is said: a drill does not end because nobody could read of it."""

import io
import os
import sys


def open_streams() -> None:
    """Where one is closed, say it to nobody; what one's encoding has no sign for, say by its number."""
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "r+", encoding="utf-8"))  # noqa: PTH123, SIM115 - it takes the place of the closed one, until we end
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
