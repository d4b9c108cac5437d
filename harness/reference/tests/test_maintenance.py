"""When a maintenance period is on, by the wall clock in UTC."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hadrill.harness.model.instance import MaintenancePeriod
from hadrill.harness.reference.maintenance import MARGIN, next_window

DAY = timedelta(days=1)

PERIODS = st.builds(
    lambda begins, length_s: MaintenancePeriod(begins.replace(microsecond=0).isoformat(), length_s),
    st.times(),
    st.integers(1, 86_399),
)
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - strategy


@given(PERIODS, MOMENTS)
def test_a_window_begins_and_ends_as_the_period_says(period: MaintenancePeriod, now: datetime) -> None:
    """At the time of day, to the second, and as long as was asked for."""
    window = next_window(period, now)
    assert window.begins.time().isoformat() == period.begins
    assert window.ends - window.begins == timedelta(seconds=period.length_s)


@given(PERIODS, MOMENTS)
def test_there_is_time_left_in_the_window(period: MaintenancePeriod, now: datetime) -> None:
    """What is begun now, where it may be, is begun a margin before the end, or in the first half of a short one."""
    window = next_window(period, now)
    left = window.ends - max(now, window.begins)
    assert left > min(MARGIN, (window.ends - window.begins) / 2) - timedelta(microseconds=1)


@given(PERIODS, MOMENTS)
def test_no_window_is_passed_over(period: MaintenancePeriod, now: datetime) -> None:
    """The one a day earlier is over, or as good as over."""
    window = next_window(period, now)
    assert now >= window.ends - DAY - MARGIN
    assert window.begins <= now + DAY


@given(PERIODS, MOMENTS, st.integers(-12, 12))
def test_the_zone_of_the_clock_does_not_matter(period: MaintenancePeriod, now: datetime, hours: int) -> None:
    """Periods are in UTC whatever the machine's zone is."""
    elsewhere = now.astimezone(timezone(timedelta(hours=hours)))
    assert next_window(period, elsewhere) == next_window(period, now)


@pytest.mark.parametrize(
    ("now", "begins", "on"),
    [
        ("2026-11-21T23:29:59.999999+00:00", "2026-11-21T23:30:00+00:00", False),
        ("2026-11-21T23:30:00+00:00", "2026-11-21T23:30:00+00:00", True),
        ("2026-11-22T00:00:00+00:00", "2026-11-21T23:30:00+00:00", True),
        ("2026-11-22T00:29:58.999999+00:00", "2026-11-21T23:30:00+00:00", True),
        ("2026-11-22T00:29:59+00:00", "2026-11-22T23:30:00+00:00", False),
    ],
)
def test_a_period_may_last_beyond_midnight(now: str, begins: str, on: bool) -> None:
    """An hour from half past eleven at night, looked at around both of its ends and at midnight."""
    window = next_window(MaintenancePeriod("23:30:00", 3600), datetime.fromisoformat(now))
    assert (begins, on) == (window.begins.isoformat(), window.has_begun(datetime.fromisoformat(now)))
