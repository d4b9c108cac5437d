"""Which scenarios judge a time."""

import pytest

from hadrill.harness.model.verdict import Objective
from hadrill.steps.binding.timed import judges_a_time

OBJECTIVES = {
    "switch": Objective("switch", 1.0, "s", "ours"),
    "acknowledged writes lost": Objective("acknowledged writes lost", 0.0, "rows", "HA-3"),
}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ('the outage is within the objective "switch"', True),
        ('no more than the objective "acknowledged writes lost" are missing', False),
        ("the primary freezes for 300 milliseconds", True),
        ('the objective "nobody knows" holds', False),
        ('a "switch" is asked for', False),
    ],
)
def test_an_objective_in_seconds_or_milliseconds_make_it_so(sentence: str, expected: bool) -> None:
    """Limits of another unit, unknown names and quoted words that are no objective do not."""
    assert judges_a_time(["clients at work", sentence], OBJECTIVES) is expected
