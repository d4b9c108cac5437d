"""One exit code for a drill and what ran beside it."""

import pytest

from hadrill.steps.binding.exit_code import exit_code


@pytest.mark.parametrize(
    ("pytest_status", "drill", "others_failed", "expected"),
    [
        (0, 0, False, 0),
        (1, 1, False, 1),
        (1, 2, False, 2),  # a broken scenario fails in pytest and leaves the drill without a verdict
        (1, 2, True, 1),
        (1, 0, True, 1),
        (0, 3, False, 3),
        (2, 0, False, 3),
        (3, 1, False, 3),
        (4, 3, False, 4),
    ],
)
def test_the_worst_decides(pytest_status: int, drill: int, others_failed: bool, expected: int) -> None:
    """A wrong call, then an unfinished drill, then a failure, then a missing verdict."""
    assert exit_code(pytest_status, drill, others_failed=others_failed) == expected
