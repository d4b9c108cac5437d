"""The threads that watch ourselves."""

import threading

import pytest

from hadrill.harness.errors import HarnessTrouble
from hadrill.harness.wait import NotYet, until
from hadrill.harness.workload import watches
from hadrill.harness.workload.watches import Watches


def goes_on(ended: threading.Event) -> None:
    """Until it is ended."""
    ended.wait()


def test_what_one_is_amid_at_the_end_is_told() -> None:
    """A block that the disk takes late is a stall of the load that is just being stopped."""
    told: list[str] = []

    def late(ended: threading.Event) -> None:
        ended.wait()
        threading.Event().wait(0.2)
        told.append("stall")

    watching = Watches({"disk": late})
    watching.start()
    watching.end()
    assert told == ["stall"]


def test_one_that_ends_by_itself_is_named() -> None:
    """Nobody would have told of a stall from then on; those that go on are not named, nor those that were ended."""
    watching = Watches({"disk": lambda _: None, "load": goes_on})
    watching.start()

    def lost() -> tuple[str, ...] | NotYet:
        return watching.lost() or NotYet("both go on")

    assert until(lost, "one to end", timeout_s=5) == ("disk",)
    watching.end()
    assert watching.lost() == ()


def test_one_that_does_not_end_is_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    """What it would have told is not known."""
    monkeypatch.setattr(watches, "ENDS_WITHIN_S", 0.05)
    hang = threading.Event()
    watching = Watches({"disk": lambda _: goes_on(hang)})
    watching.start()
    with pytest.raises(HarnessTrouble, match=r"disk did not end within 0\.05 s"):
        watching.end()
    hang.set()
