"""One scenario at a time has the machine's quiet."""

import threading

from hadrill.harness.drill.quiet import Quiet


def test_the_second_waits_for_the_first() -> None:
    """A copy of it is what another process has after the fork."""
    first = Quiet()
    first.share()
    second = Quiet()
    second._lock = first._lock
    first.take()
    first.take()
    waiting = threading.Thread(target=second.take)
    waiting.start()
    waiting.join(0.1)
    assert waiting.is_alive()
    first.leave()
    waiting.join(10)
    assert not waiting.is_alive()
    second.leave()
    second.leave()
    first.take()


def test_where_nothing_runs_beside_there_is_nothing_to_wait_for() -> None:
    """One process runs one scenario after the other."""
    quiet = Quiet()
    quiet.take()
    other = Quiet()
    other.take()
    quiet.leave()
    assert quiet._lock is None
