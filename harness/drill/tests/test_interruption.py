"""What a signal does to a drill."""

import os
import signal
import threading
import time
from collections.abc import Iterator

import pytest

from hadrill.harness.drill.interruption import Interrupted, Interruption


@pytest.fixture
def interruption() -> Iterator[Interruption]:
    """Signals taken over for the length of a test."""
    interruption = Interruption()
    with interruption.taken_over():
        yield interruption


def send(number: signal.Signals) -> None:
    """Signal this process; the handler has run when the call returns."""
    os.kill(os.getpid(), number)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_raises_in_the_main_thread(interruption: Interruption, number: signal.Signals) -> None:
    """Each signal that ends a program becomes an exception, which tear-downs see."""
    with pytest.raises(Interrupted):
        send(number)
    assert interruption.by == number.name


def test_a_second_signal_does_not_break_the_tear_down(interruption: Interruption) -> None:
    """Once the way out has begun, impatience does not cut it short."""
    with pytest.raises(Interrupted):
        send(signal.SIGTERM)
    send(signal.SIGINT)
    assert interruption.by == "SIGTERM"


def test_a_held_signal_is_raised_at_release(interruption: Interruption) -> None:
    """A signal that comes during a tear-down takes effect after it."""
    interruption.hold()
    send(signal.SIGTERM)
    with pytest.raises(Interrupted):
        interruption.release()


def test_release_without_a_signal_does_nothing(interruption: Interruption) -> None:
    """Tear-downs that nobody interrupts go on to the next scenario."""
    interruption.hold()
    interruption.release()
    assert interruption.by == ""


def test_the_signals_are_given_back() -> None:
    """After the drill the signals do what they did before; an ignored one was never touched."""
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    interruption = Interruption()
    with interruption.taken_over():
        send(signal.SIGHUP)
    signal.signal(signal.SIGHUP, before)
    assert interruption.by == ""
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_whoever_asks_ends_the_drill_like_a_signal(interruption: Interruption) -> None:
    """From another thread, even while the main thread waits in the kernel; the journal learns who it was."""
    began_s = time.monotonic()
    asking = threading.Timer(0.05, interruption.ask, ["the key q"])

    def wait() -> None:
        asking.start()  # on a busy machine it may ask before this returns
        threading.Event().wait(10)

    with pytest.raises(Interrupted, match="the key q"):
        wait()
    asking.join()
    assert interruption.by == "the key q"
    assert time.monotonic() - began_s < 5


def test_whoever_asks_during_a_tear_down_waits(interruption: Interruption) -> None:
    """As a signal does."""
    interruption.hold()
    interruption.ask("the key q")
    with pytest.raises(Interrupted):
        interruption.release()
