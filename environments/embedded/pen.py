"""The harness's end of the pen: starts guardian and room, and lets go of them."""

import os
import select
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import hadrill
from hadrill.environments.embedded.guardian import NAMESPACE, Orders
from hadrill.environments.embedded.label import RUN_VARIABLE, folder_prefix
from hadrill.harness.errors import HarnessTrouble, WrongCall

_LONGEST_WORK_PATH: Final = 60  # leaves room for "/nodes/NAME/mysqld.sock" within the 107 bytes of a Unix socket's path
_CLOSE_TIMEOUT_S: Final = 15.0
_PASSED_ON: Final = ("PATH", "HOME", "TMPDIR", "TZ", "LANG", "LC_ALL", "LD_LIBRARY_PATH")


def new_work_folder(root: Path | None) -> Path:
    """A path for a run's work folder, short enough for Unix sockets in it; the guardian makes the folder.

    Raises:
        WrongCall: the folder that it would be made in is too long, or cannot be written to.
    """
    parent = root or Path(tempfile.gettempdir())
    work = parent.absolute() / f"{folder_prefix()}{os.urandom(4).hex()}"
    if len(os.fsencode(work)) > _LONGEST_WORK_PATH:
        raise WrongCall(f"{parent} is too long a path for the servers' sockets; set TMPDIR to a shorter one")
    if not os.access(parent, os.W_OK | os.X_OK):
        raise WrongCall(f"{parent} cannot be written to; set TMPDIR to a folder that can")
    return work


def namespaces_allowed() -> bool:
    """Whether the kernel lets this user have a process namespace of its own."""
    try:
        answer = subprocess.run((*NAMESPACE, "true"), capture_output=True, timeout=5, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return answer.returncode == 0


def base_environment() -> dict[str, str]:
    """What our own programs get of the environment; ``hadrill`` can be imported wherever they run."""
    package = hadrill.__file__
    assert package is not None
    passed = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    return {"PATH": "/usr/local/bin:/usr/bin:/bin", **passed, "PYTHONPATH": str(Path(package).parent.parent)}


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
        if code != 0:
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
        HarnessTrouble: the room did not come up; says its last words.
    """
    ready, ready_fd = os.pipe()
    read_end, lifeline = os.pipe()
    guardian = subprocess.Popen(
        (sys.executable, "-S", "-m", "hadrill.environments.embedded.guardian"),
        stdin=read_end,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
        pass_fds=(ready_fd, *keep_fds),
        env=base_environment(),
    )
    os.close(read_end)
    pen = Pen(work, guardian, lifeline)
    try:
        orders = Orders(str(work), os.getpid(), namespaces, ready_fd, room)
        _send(lifeline, orders.line().encode())
        os.close(ready_fd)
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
            if os.read(ready, 64):
                return
            break
    raise HarnessTrouble(f"the room did not come up within {timeout_s:g} s; its last words: {last_words(work, 'room')}")


def last_words(work: Path, program: str) -> str:
    """The end of a program's log, in one line."""
    try:
        lines = (work / "logs" / f"{program}.log").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return "none"
    return " | ".join(line.strip() for line in lines[-3:] if line.strip())[-600:] or "none"


def mark_environment(work: Path, extra: Mapping[str, str]) -> dict[str, str]:
    """The environment of a program of a run: ours, its own, and the run's mark."""
    return {**base_environment(), **extra, RUN_VARIABLE: str(work)}
