"""Tests meet signals as a terminal sends them, and a umask as most users have it, whatever pytest was started by."""

import os
import signal
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest


def pytest_collect_file(file_path: Path) -> None:
    """Before the first test is imported; a drill has none, and does without."""
    if file_path.match("test_*.py"):
        judge_no_example_by_its_time()


@cache
def judge_no_example_by_its_time() -> None:
    """By itself hypothesis takes one that a busy machine holds up for 200 ms for a failure."""
    from hypothesis import settings  # noqa: PLC0415 - a drill is not to wait for it

    settings.register_profile("unhurried", deadline=None)
    settings.load_profile("unhurried")


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
