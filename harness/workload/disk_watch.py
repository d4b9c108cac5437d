"""Notices when the disk itself stood still, which would look like an outage of a server that writes to it."""

import os
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Final

from hadrill.harness.evidence.clock import now_ns
from hadrill.harness.model.history import Stall

EVERY_S: Final = 0.1
SLOW_NS: Final = 150_000_000
_BLOCK_BYTES: Final = 512


def watch_disk(name: str, folder: Path, tell: Callable[[Stall], None], ended: threading.Event) -> None:
    """Sync a block to a nameless file of that folder every 100 ms until ended, and tell of what took over 150 ms.

    What it sees is the disk below that folder, and a server's stalls only where that one stands on the same disk.

    Args:
        name: of the stalls.
        folder: on the disk to be watched.
        tell: takes each stall once it is over.
        ended: ends the watch at its next beat.

    Raises:
        OSError: nothing can be written there.
    """
    with tempfile.TemporaryFile(dir=folder) as file:
        while not ended.wait(EVERY_S):
            began_ns = now_ns()
            os.pwrite(file.fileno(), began_ns.to_bytes(_BLOCK_BYTES), 0)
            os.fsync(file.fileno())
            if (stall := slow_sync(name, began_ns, now_ns())) is not None:
                tell(stall)


def slow_sync(name: str, began_ns: int, synced_ns: int) -> Stall | None:
    """The stall that a slow write shows, from its beginning to its end; None if it was in time."""
    took_ns = synced_ns - began_ns
    return Stall(name, began_ns, took_ns) if took_ns > SLOW_NS else None
