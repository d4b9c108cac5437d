"""What a reader was shown long ago says nothing of the line that was laid since."""

import pytest

from hadrill.harness.drill.client_waits import shows_since
from hadrill.harness.workload.messages import Status


def status(**lag_s: float | None) -> Status:
    """At ten seconds."""
    return Status(10_000_000_000, 0, 0, 0, 0.0, None, None, None, (), tuple(lag_s.items()))


@pytest.mark.parametrize(
    ("lag_s", "shown"),
    [
        ({"c1": 0.5}, True),
        ({"c1": 1.0}, True),
        ({"c1": 1.1}, False),
        ({"c1": None}, False),
        ({"b1": 0.1}, False),
        ({"c1": 2.0, "d1": 0.2}, True),
        ({}, False),
    ],
)
def test_only_what_was_written_since_counts(lag_s: dict[str, float | None], *, shown: bool) -> None:
    """The line was laid at nine seconds."""
    assert shows_since(status(**lag_s), ("c1", "d1"), 9_000_000_000) is shown
