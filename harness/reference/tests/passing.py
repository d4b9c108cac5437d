"""Time that has to pass in a test, since what is tried takes so long."""

import time

from hadrill.harness.reference.tests.pair import LIMIT_S
from hadrill.harness.wait import NotYet, until


def await_passing(span_s: float) -> None:
    """Let so many seconds pass."""
    began_s = time.monotonic()
    until(lambda: time.monotonic() - began_s >= span_s or NotYet("not over"), f"{span_s} s to pass", timeout_s=LIMIT_S)
