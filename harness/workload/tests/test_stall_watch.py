"""The load process's watch on itself."""

import threading

import pytest

from hadrill.harness.model.history import Stall
from hadrill.harness.workload import stall_watch
from hadrill.harness.workload.stall_watch import LATE_NS, stall_between, watch


@pytest.mark.parametrize("late_ns", [-5, 0, LATE_NS])
def test_wake_up_in_time_is_no_stall(late_ns: int) -> None:
    """A process that woke within 50 ms of when it was due did run."""
    assert stall_between("load", 1000, 1000 + late_ns) is None


def test_stall_lasts_from_when_it_was_due() -> None:
    """The stall begins when the process was to wake and lasts until it did."""
    assert stall_between("load", 1000, 1001 + LATE_NS) == Stall("load", 1000, LATE_NS + 1)


def test_a_stall_that_lasts_until_the_watch_is_ended_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that is frozen when its load is to stop wakes up to be ended."""
    ended, told = threading.Event(), list[Stall]()
    ended.set()
    monkeypatch.setattr(stall_watch, "TICK_NS", -2 * LATE_NS)  # as if it were as late as that
    watch("load", told.append, ended)
    assert [stall.process for stall in told] == ["load"]
