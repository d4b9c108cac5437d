"""The beat at which clients send."""

import threading

import pytest

from hadrill.harness.workload.pace import Pace, next_beat


@pytest.mark.parametrize(
    ("at_ns", "expected"),
    [(0, 110), (105, 110), (110, 110), (111, 120), (120, 120), (175, 180)],
)
def test_next_beat_keeps_the_beat(at_ns: int, expected: int) -> None:
    """The next beat is on the grid, not in the past, and never the last one again."""
    assert expected == next_beat(last_ns=100, period_ns=10, at_ns=at_ns)


def test_first_beat_is_the_given_one() -> None:
    """A client begins at its own place in the beat."""
    clock = iter([50, 53])
    pace = Pace(10, 50, threading.Event(), lambda: next(clock))
    assert pace.wait()
    assert pace._last_ns == 50
    assert pace.wait()
    assert pace._last_ns == 60


def test_first_beat_that_passed_a_moment_ago_is_not_left_out() -> None:
    """Nobody was busy meanwhile; the next one is back in the beat."""
    clock = iter([51, 52])
    pace = Pace(10**3, 50, threading.Event(), lambda: next(clock))
    assert pace.wait()
    assert pace._last_ns == 50
    assert pace.wait()
    assert pace._last_ns == 1050


@pytest.mark.parametrize("period_ns", [0, 10**15])
def test_stopped_pace_does_not_wait(period_ns: int) -> None:
    """Once it is to stop a client gets no further beat and waits for none."""
    stopped = threading.Event()
    stopped.set()
    assert not Pace(period_ns, 10**15, stopped, lambda: 0).wait()


def test_no_pace_never_waits() -> None:
    """A pace of nothing is a beat whenever it is asked for, and looks at no clock."""
    pace = Pace(0, 10**15, threading.Event(), lambda: pytest.fail("it waited for a beat"))
    assert [True, True] == [pace.wait(), pace.wait()]
