"""Which process holds a topology up, and signals that cannot hit a stranger who got the same number."""

import contextlib
import os
import select
import signal
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from hadrill.environments.embedded.processes import boot_id, process_stat

_ENDED: Final = "ZX"  # a process that nobody has waited for yet still has a number


@dataclass(frozen=True, slots=True)
class HolderId:
    """One process, told from every other that has or had its number.

    Attributes:
        started: clock ticks from the machine's start to the process's.
        boot: the kernel's name for the time since the machine started.
    """

    pid: int
    started: int
    boot: str

    @property
    def alive(self) -> bool:
        """Whether that process is still there."""
        stat = process_stat(self.pid)
        here = stat is not None and stat.started == self.started and stat.state not in _ENDED
        return here and self.boot == boot_id()

    def end(self, *, timeout_s: float, kill_timeout_s: float) -> bool:
        """Ask the process to end, and kill it where it has not within the time.

        Args:
            timeout_s: seconds that it has to end in order.
            kill_timeout_s: seconds that the kernel has to end it after that.

        Returns:
            whether it has ended, or had before.
        """
        with self._handle() as handle:
            return (
                handle is None
                or _ended_by(handle, signal.SIGTERM, timeout_s)
                or _ended_by(handle, signal.SIGKILL, kill_timeout_s)
            )

    @contextlib.contextmanager
    def _handle(self) -> Iterator[int | None]:
        """A descriptor of the process, which stays its own whoever gets its number; None where it has ended."""
        if not self.alive:  # it may not even be a number that a process can have
            yield None
            return
        try:
            handle = os.pidfd_open(self.pid)
        except ProcessLookupError:
            yield None
            return
        try:
            yield handle if self.alive else None
        finally:
            os.close(handle)


def this_process() -> HolderId:
    """The process that calls."""
    stat = process_stat(os.getpid())
    return HolderId(os.getpid(), stat.started if stat else 0, boot_id())


def _ended_by(handle: int, number: signal.Signals, timeout_s: float) -> bool:
    with contextlib.suppress(ProcessLookupError):
        signal.pidfd_send_signal(handle, number)
    return bool(select.select([handle], [], [], timeout_s)[0])
