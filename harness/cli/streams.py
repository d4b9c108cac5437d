"""Standard streams that take whatever is said: a drill does not end because nobody could read of it."""

import io
import os
import sys
from typing import Final

STREAMS: Final = (("stdin", "r"), ("stdout", "w"), ("stderr", "w"))
"""By descriptor."""


def open_streams() -> None:
    """Where one is closed, say it to nobody, in our children, too; what one has no sign for, say by its number."""
    for number, (name, mode) in enumerate(STREAMS):
        if getattr(sys, name) is None:
            nobody = os.open(os.devnull, os.O_RDWR)
            os.dup2(nobody, number)
            if nobody != number:
                os.close(nobody)
            os.set_inheritable(number, True)
            setattr(sys, name, open(number, mode, encoding="utf-8", closefd=False))  # noqa: SIM115 - a descriptor; it is there until we end
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
