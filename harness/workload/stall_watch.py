"""Notices when the load process itself did not run, which would look like an outage of the drilled system."""

import threading
from collections.abc import Callable
from typing import Final

from hadrill.harness.evidence.clock import now_ns
from hadrill.harness.model.history import Stall

TICK_NS: Final = 10_000_000
LATE_NS: Final = 50_000_000


def watch(process: str, tell: Callable[[Stall], None], ended: threading.Event) -> None:
    """Wake every 10 ms until ended, and tell of every wake-up that came more than 50 ms late, the last one's too."""
    over, due_ns = False, now_ns() + TICK_NS
    while not over:
        over, woke_ns = ended.wait((due_ns - now_ns()) / 1e9), now_ns()
        if (stall := stall_between(process, due_ns, woke_ns)) is not None:
            tell(stall)
        due_ns = woke_ns + TICK_NS


def stall_between(process: str, due_ns: int, woke_ns: int) -> Stall | None:
    """The stall that a late wake-up shows, from when it was due until it came; None if it was in time."""
    late_ns = woke_ns - due_ns
    return Stall(process, due_ns, late_ns) if late_ns > LATE_NS else None
