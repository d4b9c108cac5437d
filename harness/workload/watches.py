"""The threads that watch ourselves while a load runs: what they saw is told to its end, and none ends unnoticed."""

import threading
import time
from collections.abc import Callable, Mapping
from typing import Final

from hadrill.harness.errors import HarnessTrouble

ENDS_WITHIN_S: Final = 10.0
"""A disk that has not taken a block by then is in such a state that nothing can be put on record either."""

Watch = Callable[[threading.Event], None]


class Watches:
    """Each in a thread of its own, until all are ended.

    Args:
        watches: by name; each runs until the event is set, and tells by then what it saw.
    """

    def __init__(self, watches: Mapping[str, Watch]) -> None:
        """Start no thread yet."""
        self._ended: Final = threading.Event()
        self._threads: Final = [
            threading.Thread(target=watch, args=(self._ended,), name=name, daemon=True)
            for name, watch in watches.items()
        ]

    def start(self) -> None:
        """Set them going."""
        for thread in self._threads:
            thread.start()

    def lost(self) -> tuple[str, ...]:
        """Names of those that ended although none was told to."""
        if self._ended.is_set():
            return ()
        return tuple(thread.name for thread in self._threads if not thread.is_alive())

    def end(self) -> None:
        """Returns once each has told what it saw, what it is still amid included.

        Raises:
            HarnessTrouble: one does not end.
        """
        self._ended.set()
        deadline_s = time.monotonic() + ENDS_WITHIN_S
        for thread in self._threads:
            thread.join(max(0.0, deadline_s - time.monotonic()))
        if hanging := [thread.name for thread in self._threads if thread.is_alive()]:
            said = f"{', '.join(hanging)} did not end within {ENDS_WITHIN_S:g} s"
            raise HarnessTrouble(f"{said}; whether it stood still at the end of the load is not known")
