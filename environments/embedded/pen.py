"""The harness's end of the pen: starts guardian and room, and lets go of them."""

import contextlib
import os
import select
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from hadrill.environments.embedded.guardian import NAMESPACE, READY, Orders
from hadrill.environments.embedded.program_names import ROOM
from hadrill.environments.embedded.remove import remove_folder
from hadrill.environments.embedded.work_folder import base_environment, last_words
from hadrill.harness.errors import HarnessTrouble, WrongCall

_CLOSE_TIMEOUT_S: Final = 15.0


def namespaces_allowed() -> bool:
    """Whether the kernel lets this user have a process namespace of its own."""
    try:
        answer = subprocess.run((*NAMESPACE, "true"), capture_output=True, timeout=5, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return answer.returncode == 0


@dataclass(slots=True)
class Pen:
    """A running guardian.

    Attributes:
        work: the run's work folder, made by the guardian and removed by it.
        guardian: our child; holds the other end of ``lifeline``.
    """

    work: Path
    guardian: subprocess.Popen[bytes]
    lifeline: int

    @property
    def stands(self) -> bool:
        """Whether the guardian is alive; without it nothing may go on."""
        return self.guardian.poll() is None

    def close(self) -> None:
        """End every process of the run and remove its files; returns once that is done.

        Raises:
            HarnessTrouble: some process could not be ended.
        """
        os.close(self.lifeline)
        try:
            code = self.guardian.wait(_CLOSE_TIMEOUT_S)
        except subprocess.TimeoutExpired:
            self.guardian.kill()
            code = self.guardian.wait()
        if code != 0:  # else it has removed what it made
            remove_folder(self.work)
            raise HarnessTrouble(f"the guardian of {self.work} ended with {code}; processes of the run may be left")


def start_pen(work: Path, room: str, *, namespaces: bool, keep_fds: tuple[int, ...], timeout_s: float) -> Pen:
    """Start guardian and room; returns once the room answers.

    Args:
        work: folder to be made.
        room: the room's configuration, JSON.
        namespaces: see ``Orders``.
        keep_fds: descriptors that the guardian holds until everything is cleared (the lease of the network).
        timeout_s: seconds until the room must answer.

    Raises:
        WrongCall: the work folder cannot be written to, or its disk is full.
        HarnessTrouble: the room did not come up; says its last words.
    """
    ready, ready_fd = os.pipe()
    read_end, lifeline = os.pipe()
    guardian = subprocess.Popen(
        (sys.executable, "-S", "-m", "hadrill.environments.embedded.guardian"),
        stdin=read_end,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        pass_fds=(ready_fd, *keep_fds),
        env=base_environment(),
    )
    os.close(read_end)
    os.close(ready_fd)
    pen = Pen(work, guardian, lifeline)
    try:
        orders = Orders(str(work), os.getpid(), namespaces, ready_fd, room)
        with contextlib.suppress(BrokenPipeError):  # a guardian that died at once; the wait below says so
            _send(lifeline, orders.line().encode())
        _await_ready(ready, work, timeout_s)
    except BaseException:
        pen.close()
        raise
    finally:
        os.close(ready)
    return pen


def _send(descriptor: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


def _await_ready(ready: int, work: Path, timeout_s: float) -> None:
    deadline_s = time.monotonic() + timeout_s
    while (left_s := deadline_s - time.monotonic()) > 0:
        if select.select([ready], [], [], left_s)[0]:
            said = os.read(ready, 1024)
            if said == READY:
                return
            if said:
                raise WrongCall(f"the run cannot be started: {said.decode(errors='replace')}")
            break
    raise HarnessTrouble(f"the room did not come up within {timeout_s:g} s; its last words: {last_words(work, ROOM)}")
