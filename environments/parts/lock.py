"""One set-up at a time: a lock that the kernel takes back when its holder dies."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hadrill.environments.parts.places import FetchFailed
from hadrill.environments.parts.progress import Progress
from hadrill.harness.errors import WaitTimeout
from hadrill.harness.wait import NotYet, until

LONGEST_SET_UP_S = 1800.0


@contextmanager
def hold(path: Path, what: str, progress: Progress, *, timeout_s: float = LONGEST_SET_UP_S) -> Iterator[int]:
    """Hold the lock file; yields its descriptor, which a child process may share.

    Args:
        path: the lock file; made if need be, never removed, since another may be waiting on it.
        what: what the lock is for, as the waiting line and the message call it.
        progress: told when there is something to wait for.
        timeout_s: seconds until giving up.

    Raises:
        FetchFailed: another process held it all that time.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        if not _take(descriptor):
            progress.say(f"{what}: waiting for process {_holder(path)}, which is setting it up")
            _wait(descriptor, path, what, timeout_s)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, str(os.getpid()).encode(), 0)
        yield descriptor
    finally:
        os.close(descriptor)


def _wait(descriptor: int, path: Path, what: str, timeout_s: float) -> None:
    try:
        until(
            lambda: True if _take(descriptor) else NotYet(f"process {_holder(path)} holds {path}"),
            f"the other set-up of {what}",
            timeout_s=timeout_s,
            interval_s=0.2,
        )
    except WaitTimeout as error:
        raise FetchFailed(str(error)) from error


def _take(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _holder(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace").strip() or "unknown"
