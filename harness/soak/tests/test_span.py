"""Spans of time."""

import pytest

from hadrill.harness.errors import WrongCall
from hadrill.harness.soak.span import seconds_in


@pytest.mark.parametrize(("span", "expected"), [("90s", 90), ("30m", 1800), ("1h", 3600), ("1.5h", 5400)])
def test_a_number_and_a_unit(span: str, expected: float) -> None:
    """Seconds, minutes, hours."""
    assert seconds_in(span) == expected


@pytest.mark.parametrize("span", ["", "90", "h", "-1h", "1 h", "1d", "1h30m", "\u0667s", "1.s", ".5h"])
def test_anything_else_is_refused(span: str) -> None:
    """With what is allowed."""
    with pytest.raises(WrongCall, match="like 90s, 30m or 1h"):
        seconds_in(span)


def test_a_number_of_endless_digits_is_refused() -> None:
    """It would be a span without an end."""
    with pytest.raises(WrongCall, match="begins with a whole number of at most 18 digits, not of 5000"):
        seconds_in(f"{'9' * 5000}h")
    assert seconds_in(f"1.{'9' * 5000}s") == 2
