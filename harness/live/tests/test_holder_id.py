"""Which process is meant, and which is not."""

import signal
import subprocess
from collections.abc import Callable
from dataclasses import replace

import pytest

from hadrill.harness.live.holder_id import HolderId, this_process

Start = Callable[..., subprocess.Popen[str]]
Identify = Callable[[subprocess.Popen[str]], HolderId]


def end(holder: HolderId, timeout_s: float = 10.0) -> bool:
    """End it, with limits that a test can wait for."""
    return holder.end(timeout_s=timeout_s, kill_timeout_s=10.0)


def test_this_process_is_alive() -> None:
    """What runs is alive."""
    assert this_process().alive


def test_a_number_that_went_to_another_process_is_not_the_holder(program: Start, id_of: Identify) -> None:
    """A process that started at another time is a stranger: it is not alive as the holder, and never signalled."""
    stranger = program()
    holder = replace(id_of(stranger), started=id_of(stranger).started - 1)
    assert (holder.alive, end(holder), stranger.poll()) == (False, True, None)


def test_a_holder_of_before_the_machine_started_anew_is_gone(program: Start, id_of: Identify) -> None:
    """The same number and ticks in another boot are a stranger's."""
    stranger = program()
    holder = replace(id_of(stranger), boot="another")
    assert (holder.alive, end(holder), stranger.poll()) == (False, True, None)


@pytest.mark.parametrize("number", [-1, 0, 10**30])
def test_what_no_process_can_have_as_its_number_is_gone(number: int) -> None:
    """Whatever was written into a record."""
    holder = replace(this_process(), pid=number)
    assert (holder.alive, end(holder)) == (False, True)


def test_a_process_that_nobody_waited_for_has_ended(program: Start, id_of: Identify) -> None:
    """Where nobody reaps orphans, a dead holder keeps its number and is dead all the same."""
    child = program()
    holder = id_of(child)
    assert end(holder)
    assert not holder.alive
    assert child.wait(10) == -signal.SIGTERM


def test_a_holder_ends_in_order(program: Start, id_of: Identify) -> None:
    """SIGTERM comes first, and what it causes is waited for."""
    child = program("lambda *_: sys.exit(7)")
    assert (end(id_of(child)), child.wait(10)) == (True, 7)


def test_a_holder_that_does_not_end_is_killed(program: Start, id_of: Identify) -> None:
    """SIGKILL follows when the time is over."""
    child = program("signal.SIG_IGN")
    assert (end(id_of(child), timeout_s=0.05), child.wait(10)) == (True, -signal.SIGKILL)


def test_what_has_ended_need_not_be_ended(program: Start, id_of: Identify) -> None:
    """No process of that number: it has ended."""
    child = program()
    holder = id_of(child)
    child.kill()
    child.wait(10)
    assert (holder.alive, end(holder)) == (False, True)
