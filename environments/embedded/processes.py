"""What /proc says of a process, and signals that cannot hit a stranger who got the same number."""

import contextlib
import os
import signal
from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc")


@dataclass(frozen=True, slots=True)
class ProcessStat:
    """One process as the kernel shows it.

    Attributes:
        state: ``R``, ``S``, ``D``, ``T`` (stopped by a signal), ``Z`` (ended, not yet waited for), ...
        started: clock ticks since boot; together with the number it names a process for as long as the machine is up.
    """

    pid: int
    state: str
    parent: int
    started: int


def process_stat(pid: int) -> ProcessStat | None:
    """The process of that number now; None when there is none."""
    try:
        text = (_PROC / str(pid) / "stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    fields = text.rpartition(")")[2].split()  # the name before it may hold anything
    return ProcessStat(pid, fields[0], int(fields[1]), int(fields[19]))


def all_processes() -> list[ProcessStat]:
    """Every process that /proc shows."""
    seen = (process_stat(int(entry.name)) for entry in _PROC.iterdir() if entry.name.isdigit())
    return [stat for stat in seen if stat is not None]


def descendants(ancestor: int) -> list[ProcessStat]:
    """All processes below one, children first."""
    below: dict[int, list[ProcessStat]] = {}
    for stat in all_processes():
        below.setdefault(stat.parent, []).append(stat)
    found: list[ProcessStat] = []
    queue = [ancestor]
    while queue:
        children = below.get(queue.pop(0), [])
        found += children
        queue += [child.pid for child in children]
    return found


def boot_id() -> str:
    """Of the machine since it was started; empty where the kernel does not tell."""
    with contextlib.suppress(OSError):
        return (_PROC / "sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    return ""


def same_process(pid: int, started: int) -> bool:
    """Whether the process that had this number and start is still there."""
    stat = process_stat(pid)
    return stat is not None and stat.started == started


def is_own(stat: ProcessStat) -> bool:
    """Whether it is still there and runs as this user, also where it does not let itself be looked into."""
    try:
        status = (_PROC / str(stat.pid) / "status").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    (uid,) = (line.split()[1] for line in status.splitlines() if line.startswith("Uid:"))
    return int(uid) == os.getuid() and same_process(stat.pid, stat.started)


def kill_process(stat: ProcessStat) -> None:
    """SIGKILL to exactly that process; nothing happens when it is gone."""
    try:
        handle = os.pidfd_open(stat.pid)
    except OSError:
        return
    try:
        if same_process(stat.pid, stat.started):
            signal.pidfd_send_signal(handle, signal.SIGKILL)
    except ProcessLookupError:
        pass
    finally:
        os.close(handle)


def labelled(mark: str) -> list[ProcessStat]:
    """Processes of ours whose environment carries ``mark``, a whole ``NAME=value``."""
    wanted = mark.encode()
    return [stat for stat in all_processes() if wanted in _environment(stat.pid)]


def _environment(pid: int) -> list[bytes]:
    try:
        return (_PROC / str(pid) / "environ").read_bytes().split(b"\0")
    except OSError:
        return []  # gone, or another user's
