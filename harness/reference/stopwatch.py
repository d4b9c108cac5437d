"""How long something has lasted."""

import time


class Stopwatch:
    """Runs for as long as what it times lasts; starts again when that is over, or is another one."""

    def __init__(self) -> None:
        self._began_ns = time.monotonic_ns()
        self._mark = 0

    def restart(self) -> None:
        """Whatever lasted begins now."""
        self._began_ns = time.monotonic_ns()

    def lasted_s(self, *, lasts: bool, mark: int = 0) -> float:
        """Seconds since it began; 0 where it does not last, or is another one than at the last call.

        Args:
            lasts: whether it does at this moment.
            mark: what tells one from another.
        """
        if not lasts or mark != self._mark:
            self.restart()
        self._mark = mark
        return (time.monotonic_ns() - self._began_ns) / 1e9
