"""The clock that measures are taken from, and the one that people read."""

import time
from datetime import UTC, datetime


def now_ns() -> int:
    """Monotonic nanoseconds; the same clock in every process of this machine."""
    return time.monotonic_ns()


def utc() -> str:
    """The time of day, ISO 8601 with microseconds."""
    return datetime.now(UTC).isoformat(timespec="microseconds")
