"""Measures as people read them."""

import pytest

from hadrill.reports.figures import Figure, figures, number
from hadrill.reports.schema import MeasureResult


def measure(
    value: float | None,
    *,
    name: str = "outage",
    limit: float | None = 3.0,
    unit: str = "s",
    objective: str = "failover",
) -> MeasureResult:
    """A measure with or without an objective."""
    return MeasureResult(
        name=name,
        value=value,
        unit=unit,
        resolution=0.012 if unit == "s" else 0.0,
        objective=None if limit is None else objective,
        limit=limit,
        within=None if value is None or limit is None else value <= limit,
        scenario="x",
    )


@pytest.mark.parametrize(
    ("value", "expected"), [(0.0, "0"), (3.0, "3"), (0.6031, "0.603"), (1234.5, "1234"), (0.5, "0.500")]
)
def test_numbers_have_the_digits_that_matter(value: float, expected: str) -> None:
    """Counts are whole, small values have three decimals, large ones none."""
    assert expected == number(value)


def test_a_measure_is_told_with_resolution_and_limit() -> None:
    """Seconds keep their decimals; the limit stands beside the value."""
    assert (Figure("outage", "1.000 s ± 0.012", "<= 3 s", True),) == figures([measure(1.0)])


def test_of_several_scenarios_the_worst_is_told() -> None:
    """Held to the same objective, they are one line, and one breach makes the line a breach."""
    assert (Figure("outage, worst of 3", "3.500 s ± 0.012", "<= 3 s", False),) == figures(
        [measure(1.0), measure(3.5), measure(2.0)]
    )


def test_one_measure_under_several_objectives_is_told_apart() -> None:
    """A line says what its limit belongs to where its name alone does not."""
    kill, freeze = measure(1.0, objective="after a kill"), measure(4.0, limit=6.0, objective="after a freeze")
    assert [("outage (after a kill), worst of 2", "<= 3 s"), ("outage (after a freeze)", "<= 6 s")] == [
        (one.name, one.limit) for one in figures([kill, freeze, kill])
    ]


def test_what_was_not_measured_is_said() -> None:
    """A value is never made up, and never hides one that is missing."""
    assert (Figure("outage", "not measured", "<= 3 s", None),) == figures([measure(None)])
    assert (Figure("outage, 1 not measured", "1.000 s ± 0.012", "<= 3 s", None),) == figures(
        [measure(None), measure(1.0)]
    )


def test_without_an_objective_the_range_is_told() -> None:
    """Nothing says which end is worse; and those held to an objective stand first."""
    tried = [measure(float(count), name="attempts", limit=None, unit="attempts") for count in (12, 48)]
    assert [("outage", "0.500 s ± 0.012"), ("attempts", "12 to 48 attempts")] == [
        (one.name, one.value) for one in figures([*tried, measure(0.5)])
    ]
