"""When what was put off to the maintenance period may begin (pure)."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Final

from hadrill.harness.model.instance import MaintenancePeriod

MARGIN: Final = timedelta(seconds=1)
"""A switch is over well within it; in so short a rest of the period none is begun."""


@dataclass(frozen=True, slots=True)
class Window:
    """One occurrence of a maintenance period; both ends in UTC, the second one no longer part of it."""

    begins: datetime
    ends: datetime

    def has_begun(self, now: datetime) -> bool:
        """Whether it is on, for a window that is not over."""
        return self.begins <= now


def next_window(period: MaintenancePeriod, now: datetime) -> Window:
    """The window that is on, where there is time left to begin in it, or else the next one.

    Args:
        period: begins at a time of day in UTC; may last beyond midnight.
        now: any aware time.
    """
    length = timedelta(seconds=period.length_s)
    latest = length - min(MARGIN, length / 2)
    today = datetime.combine(now.astimezone(UTC).date(), time.fromisoformat(period.begins), UTC)
    days = (today + timedelta(days=day) for day in (-1, 0, 1))
    begins = next(begins for begins in days if now < begins + latest)
    return Window(begins, begins + length)
