"""The guardian: outlives the harness by the moment that it takes to end all of a run's processes and remove its files.

Harness -> guardian (a session of its own) -> room -> servers. The harness holds the other end of the guardian's
standard input; when that closes, however the harness ended, the guardian kills everything below itself, removes the
work folder and exits. Where the kernel allows namespaces, the room is the first process of one, so that its end alone
ends them all.

Started as ``python -m hadrill.environments.embedded.guardian`` with one line of JSON on standard input (``Orders``).
Standard library only.
"""

import contextlib
import ctypes
import json
import os
import select
import signal
import subprocess
import sys
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import FrameType

from hadrill.environments.embedded.label import LABEL, RUN_VARIABLE, write_label
from hadrill.environments.embedded.processes import descendants, kill_process
from hadrill.environments.embedded.program_names import ROOM
from hadrill.environments.embedded.remove import remove_folder

_PR_SET_CHILD_SUBREAPER = 36
_CLEAR_TIMEOUT_S = 10.0
READY = b"ready\n"
PDEATHSIG = ("setpriv", "--pdeathsig", "KILL", "--")
NAMESPACE = ("unshare", "--map-current-user", "--pid", "--fork", "--mount-proc", "--kill-child=KILL", "--")


@dataclass(frozen=True, slots=True)
class Orders:
    """What the harness tells the guardian.

    Attributes:
        work: the folder to make, and to remove at the end.
        harness: process number of the harness.
        namespaces: whether the room gets a process namespace of its own.
        ready_fd: inherited descriptor to which the room writes a line once it answers.
        room: the room's own configuration, as JSON; it may hold tokens.
    """

    work: str
    harness: int
    namespaces: bool
    ready_fd: int
    room: str = field(repr=False)

    def line(self) -> str:
        """As it is sent."""
        return json.dumps(asdict(self)) + "\n"


def room_command(configuration: Path, ready_fd: int, *, namespaces: bool) -> tuple[str, ...]:
    """How the room is started: it dies with the guardian, and in a namespace of its own everything dies with it."""
    python = (sys.executable, "-S", "-m", "hadrill.environments.embedded.room", str(configuration), str(ready_fd))
    return (*PDEATHSIG, *(NAMESPACE if namespaces else ()), *python)


def main() -> int:
    """Run until the harness is gone; the exit code says whether everything was cleared."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _unmoved)
    os.umask(0o077)  # inherited: whatever the programs of a run write is its owner's alone, whoever started it
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    text = _first_line(0)
    if not text:
        return 0  # the harness died before it said anything
    orders = Orders(**json.loads(text))
    with contextlib.ExitStack() as until_all_is_gone:
        return _guard(orders, Path(orders.work), until_all_is_gone)


def _guard(orders: Orders, work: Path, until_all_is_gone: contextlib.ExitStack) -> int:
    """The label is held until the folder is gone: whoever sees one without the other takes it for left behind."""
    try:
        work.mkdir(mode=0o700)
    except OSError as error:  # a folder that is there is another run's
        _tell_failure(orders, work, error)
        return 0
    try:
        until_all_is_gone.enter_context(write_label(work, orders.harness))
        _start_room(orders, work)
        os.close(orders.ready_fd)
        _wait_for_end_of_harness(orders.harness)
    except OSError as error:
        _tell_failure(orders, work, error)
    finally:
        cleared = _end_all()
        remove_folder(work, last=LABEL)
    return 0 if cleared else 1


def _tell_failure(orders: Orders, work: Path, error: OSError) -> None:
    with contextlib.suppress(OSError):
        os.write(orders.ready_fd, f"{error.filename or work}: {error.strerror}".encode())


def _start_room(orders: Orders, work: Path) -> None:
    (work / "logs").mkdir()
    configuration = work / "room.json"
    configuration.touch(mode=0o600)
    configuration.write_text(orders.room, encoding="utf-8")
    with (work / "logs" / f"{ROOM}.log").open("ab") as log:
        subprocess.Popen(
            room_command(configuration, orders.ready_fd, namespaces=orders.namespaces),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            pass_fds=(orders.ready_fd,),
            env={**os.environ, RUN_VARIABLE: orders.work},
        )


def _wait_for_end_of_harness(harness: int) -> None:
    """Returns once standard input is closed, or the harness has ended while somebody else still holds it open."""
    poll = select.poll()
    poll.register(0, select.POLLIN)
    with contextlib.suppress(ProcessLookupError):
        poll.register(os.pidfd_open(harness), select.POLLIN)
        poll.poll()


def _end_all() -> bool:
    """Kill every descendant, those that lost their parents too; True once none is left."""
    deadline_s = time.monotonic() + _CLEAR_TIMEOUT_S
    while time.monotonic() < deadline_s:
        for stat in descendants(os.getpid()):
            kill_process(stat)
        if not _reap():
            return True
        time.sleep(0.005)
    return False


def _reap() -> bool:
    """Collect ended children; whether any child is left."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        return False
    return True


def _first_line(descriptor: int) -> str:
    text = b""
    while not text.endswith(b"\n"):
        piece = os.read(descriptor, 65536)
        if not piece:
            return ""
        text += piece
    return text.decode()


def _unmoved(_number: int, _frame: FrameType | None) -> None:
    """A terminal's signals are the harness's affair; a handler, unlike SIG_IGN, is not inherited by the servers."""


if __name__ == "__main__":
    sys.exit(main())
