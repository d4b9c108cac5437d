"""What samples come to."""

import pytest

from hadrill.harness.bench.figure import P99, Figure, median_of, not_measured, percentile, ratio_of, spread_of


@pytest.mark.parametrize(("count", "expected"), [(1, 1), (2, 2), (10, 9), (50, 45), (51, 46)])
def test_the_90th_percentile_is_the_smallest_sample_that_nine_of_ten_do_not_exceed(count: int, expected: int) -> None:
    """Nearest rank: it is one of the samples, in whatever order they came."""
    assert expected == percentile(list(range(count, 0, -1)), 90)


def test_a_spread_is_median_two_percentiles_and_maximum_each_with_its_own_aim() -> None:
    """The samples stay as they came."""
    figures = spread_of("failover", [3.0, 1.0, 2.0], aims={P99: 1.0})
    expected = [("median", 2.0, None), ("p90", 3.0, None), ("p99", 3.0, 1.0), ("max", 3.0, None)]
    assert [(f"failover, {which}", value, aim) for which, value, aim in expected] == [
        (figure.name, figure.value, figure.aim) for figure in figures
    ]
    assert {(3.0, 1.0, 2.0)} == {figure.samples for figure in figures}


def test_a_ratio_is_that_of_the_medians_and_not_the_median_of_ratios() -> None:
    """Medians 4 and 2 give 2, where the rounds' own ratios have the median 4."""
    ratio = ratio_of("against", [4.0, 4.0, 10.0], [1.0, 4.0, 2.0], aim=2.0)
    assert 2.0 == ratio.value
    assert (4.0, 1.0, 5.0) == ratio.samples


@pytest.mark.parametrize(("value", "aim", "expected"), [(2.0, 2.0, True), (2.1, 2.0, False), (2.0, None, None)])
def test_an_aim_is_met_up_to_and_with_its_value(value: float, aim: float | None, expected: bool | None) -> None:
    """Without an aim there is nothing to meet."""
    assert expected is Figure("x", value, "s", aim).met


def test_what_was_not_measured_meets_nothing_and_counts_no_run() -> None:
    """Null never passes."""
    figure = not_measured("x", "s", "why", aim=90.0)
    assert (None, None, 0, "why") == (figure.value, figure.met, figure.runs, figure.note)


def test_runs_are_counted_by_samples() -> None:
    """As many as there were."""
    assert 3 == median_of("x", [1.0, 2.0, 3.0]).runs
