"""What a drill could leave outside its own processes and its own folder: listeners, and folders that look like ours.

Others drill beside it, and nothing of theirs counts: a living run holds the claim on its network and the label of its
work folder from its first moment to its last.
"""

import os
import re
import socket
import struct
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from ipaddress import IPv4Network
from pathlib import Path
from typing import Final, Self

from hadrill.environments.embedded.label import folder_prefix, is_held
from hadrill.environments.embedded.lease import CLAIM
from hadrill.environments.embedded.settings import load_settings
from hadrill.environments.embedded.work_folder import MEMORY

_LISTENS: Final = "0A"
_CLAIMED: Final = re.compile(rf" @{CLAIM}(\d+\.\d+\.\d+)\.0$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Listener:
    """A socket on which this user listens within the networks that runs lease.

    Attributes:
        socket: its inode, which no other one has at the same time.
    """

    host: str
    port: int
    socket: int

    @property
    def network(self) -> str:
        """The first three numbers of its address."""
        return self.host.rpartition(".")[0]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What was there at a moment.

    Attributes:
        tick: clock ticks since boot, as processes' starts are counted.
    """

    tick: int
    listeners: frozenset[Listener]
    folders: frozenset[Path]

    @classmethod
    def now(cls) -> Self:
        """As they are."""
        tick = int(time.clock_gettime(time.CLOCK_BOOTTIME) * os.sysconf("SC_CLK_TCK"))
        return cls(tick, frozenset(_listeners()), frozenset(_folders()))

    def added(self) -> tuple[str, ...]:
        """What has come since then, is still there and is nobody's who lives; in words."""
        now = Surroundings.now()
        new = now.listeners - self.listeners
        claimed = _claimed() if new else frozenset()
        orphans = sorted((one.host, one.port) for one in new if one.network not in claimed)
        # a run that has just ended took its folder along
        stray = sorted(one for one in now.folders - self.folders if not is_held(one) and _is_ours(one))
        return (*(f"listener {host}:{port}" for host, port in orphans), *(f"folder {one}" for one in stray))


def listeners_in(table: Iterable[str], networks: str, uid: int) -> Iterator[Listener]:
    """The listeners of that user within these networks (pure).

    Args:
        table: lines of ``/proc/net/tcp``.
    """
    within = IPv4Network(networks)
    for line in table:
        fields = line.split()
        if len(fields) > 9 and fields[3] == _LISTENS and int(fields[7]) == uid:
            host, _, port = fields[1].partition(":")
            address = socket.inet_ntoa(struct.pack("=I", int(host, 16)))  # the kernel prints it as the machine holds it
            if IPv4Network(address).subnet_of(within):
                yield Listener(address, int(port, 16), int(fields[9]))


def _listeners() -> Iterator[Listener]:
    table = Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:]
    return listeners_in(table, load_settings().networks, os.getuid())


def _claimed() -> frozenset[str]:
    """Networks that runs hold now."""
    return frozenset(_CLAIMED.findall(Path("/proc/net/unix").read_text(encoding="utf-8", errors="replace")))


def _folders() -> Iterator[Path]:
    """Named as work folders are, where those are made by default, and this user's."""
    for root in dict.fromkeys((MEMORY, Path(tempfile.gettempdir()))):
        yield from (path for path in root.glob(f"{folder_prefix()}*") if _is_ours(path))


def _is_ours(path: Path) -> bool:
    try:
        return path.lstat().st_uid == os.getuid()
    except OSError:
        return False  # it has just gone
