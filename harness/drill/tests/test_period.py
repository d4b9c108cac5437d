"""Periods that a scenario sets, whatever the time of day is."""

from datetime import UTC, datetime, time, timedelta

import pytest

from hadrill.harness.drill.period import period_far_from

HOUR = timedelta(hours=1)


@pytest.mark.parametrize("hour", range(24))
def test_a_far_period_is_far_at_any_time_of_day(hour: int) -> None:
    """Neither has the last one of an hour ended less than an hour ago, nor does the next one begin within an hour."""
    now = datetime(2026, 11, 29, hour, 2, 3, tzinfo=UTC)
    period = period_far_from(now, int(HOUR.total_seconds()))
    begins = datetime.combine(now.date(), time.fromisoformat(period.begins), UTC)
    for each in (begins - timedelta(days=1), begins, begins + timedelta(days=1)):
        assert now + HOUR < each or each + HOUR < now - HOUR
