"""A mistake of ours must be seen: a thread that ends by one ends the manager, which is then started again or missed."""

import logging
import os
import threading
from typing import Final, NoReturn

MISTAKE: Final = 70
"""EX_SOFTWARE of sysexits.h: an internal error."""

log = logging.getLogger("hadrill.reference")


def end_the_program(mistake: threading.ExceptHookArgs) -> NoReturn:
    """Log the traceback and end at once; what was begun is on record and is resumed at the next start."""
    thread = mistake.thread.name if mistake.thread else "a thread"
    trace = (mistake.exc_type, mistake.exc_value or mistake.exc_type(), mistake.exc_traceback)
    log.critical("%s ended by a mistake of ours, and so the manager ends", thread, exc_info=trace)
    os._exit(MISTAKE)
