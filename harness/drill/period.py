"""A maintenance period of a scenario, on both clocks."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from hadrill.harness.evidence.clock import now_ns
from hadrill.harness.model.instance import MaintenancePeriod

FAR: Final = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class DrillPeriod:
    """A period that was set.

    Attributes:
        period: as the service was told it: a time of day, to the second.
        begins_ns, ends_ns: the same on the monotonic clock.
        waits_s: seconds from the setting to the begin.
    """

    period: MaintenancePeriod
    begins_ns: int
    ends_ns: int
    waits_s: float


def period_from_now(begins_in_s: float, length_s: int) -> DrillPeriod:
    """A period that begins at the first whole second that is at least so many seconds away."""
    now, at_ns = datetime.now(UTC), now_ns()
    begins = now + timedelta(seconds=begins_in_s)
    if begins.microsecond:
        begins = begins.replace(microsecond=0) + timedelta(seconds=1)
    waits_s = (begins - now).total_seconds()
    begins_ns = at_ns + int(waits_s * 1e9)
    return DrillPeriod(
        period=MaintenancePeriod(f"{begins:%H:%M:%S}", length_s),
        begins_ns=begins_ns,
        ends_ns=begins_ns + length_s * 1_000_000_000,
        waits_s=waits_s,
    )


def period_far_from(now: datetime, length_s: int) -> MaintenancePeriod:
    """A period half a day away, so that at no time of day a scenario finds itself within it."""
    return MaintenancePeriod(f"{now + FAR:%H:%M:%S}", length_s)
