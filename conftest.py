"""Tests meet signals as a terminal sends them, and a umask as most users have it, whatever pytest was started by."""

import os
import signal
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def heed_signals(request: pytest.FixtureRequest) -> Iterator[None]:
    """``nohup`` and background jobs of a shell ignore some, and so would tests of interruption and their children.

    Scenarios are left alone: whoever starts a drill with ``nohup`` means it.
    """
    ignored = [number for number in (signal.SIGINT, signal.SIGHUP) if signal.getsignal(number) is signal.SIG_IGN]
    if request.node.get_closest_marker("drill") is not None:
        ignored = []
    for number in ignored:
        signal.signal(number, signal.default_int_handler if number is signal.SIGINT else signal.SIG_DFL)
    yield
    for number in ignored:
        signal.signal(number, signal.SIG_IGN)


@pytest.fixture
def usual_umask() -> Iterator[None]:
    """What is made without a mode of its own can be read by everybody."""
    before = os.umask(0o022)
    yield
    os.umask(before)
