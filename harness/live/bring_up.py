"""The foreground's part of bringing a topology up: start its holder, follow it, let go."""

import contextlib
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO, Final

from hadrill.environments.topology_file import load_topology
from hadrill.harness.errors import HadrillError, HarnessTrouble, WrongCall
from hadrill.harness.live.messages import STAY, Orders, message_from
from hadrill.harness.live.record import LiveRecord
from hadrill.harness.live.records import Records

PROGRAM: Final = (sys.executable, "-m", "hadrill.harness.live.holder")
END_LIMIT_S: Final = 20.0


def bring_up(orders: Orders, say: Callable[[str], None]) -> LiveRecord:
    """Bring a topology up; it stays until it is taken down.

    Args:
        say: told in a line what is being waited for.

    Returns:
        where everything is.

    Raises:
        WrongCall: the topology is unknown or up already, or this machine has no room for it.
        HarnessTrouble: something of ours did not come up; nothing is left running, as after any other exception.
    """
    # A session of its own: a terminal's Ctrl-C and its end are the foreground's affair.
    holder = subprocess.Popen(
        PROGRAM, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8", start_new_session=True
    )
    assert holder.stdin is not None
    assert holder.stdout is not None
    try:
        _send(holder.stdin, orders.line())
        _follow(holder.stdout, holder, say)
        _send(holder.stdin, STAY)
    except BaseException:
        _end(holder)
        raise
    finally:
        for pipe in (holder.stdin, holder.stdout):
            with contextlib.suppress(BrokenPipeError):
                pipe.close()
    holder.returncode = 0  # it is nobody's child to wait for: it outlives this process
    return _record(orders)


def _follow(said: IO[str], holder: subprocess.Popen[str], say: Callable[[str], None]) -> None:
    """Returns once everything is up."""
    for line in said:
        message = message_from(line)
        if message.kind == "say":
            say(message.text)
        elif message.kind == "up":
            return
        else:
            raise _error(message.text, message.exit_code)
    code = holder.wait(END_LIMIT_S)
    raise HarnessTrouble(
        f"what brings the topology up ended with {code} before it was up: it was taken down, or killed"
    )


def _error(text: str, exit_code: int) -> HadrillError:
    return WrongCall(text) if exit_code == WrongCall.exit_code else HarnessTrouble(text)


def _send(pipe: IO[str], line: str) -> None:
    with contextlib.suppress(BrokenPipeError):  # it has ended; whoever follows it says so
        pipe.write(line)
        pipe.flush()


def _end(holder: subprocess.Popen[str]) -> None:
    """Its guardian ends the rest, even where it has to be killed."""
    holder.terminate()
    try:
        holder.wait(END_LIMIT_S)
    except subprocess.TimeoutExpired:
        holder.kill()
        holder.wait()


def _record(orders: Orders) -> LiveRecord:
    topology = load_topology(orders.topology).topology.name
    record = Records(Path(orders.records)).find(topology)
    if record is None:
        raise HarnessTrouble(f"{topology} was taken down as soon as it was up")
    return record
