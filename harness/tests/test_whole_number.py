"""Whole numbers as people type them."""

import pytest

from hadrill.harness.errors import WrongCall
from hadrill.harness.whole_number import whole_number


@pytest.mark.parametrize(("given", "expected"), [("0", 0), ("007", 7), ("9" * 18, 10**18 - 1)])
def test_digits_are_a_number(given: str, expected: int) -> None:
    """As it stands, to the longest."""
    assert whole_number(given, "a seed is") == expected


@pytest.mark.parametrize("given", ["", "-1", "+1", "1.5", "1_0", " 1", "1e9", "seven", "\u0667", "\u00b2"])
def test_anything_else_is_refused(given: str) -> None:
    """Also what Python would take for digits."""
    with pytest.raises(WrongCall, match="a seed is a whole number from 0, not "):
        whole_number(given, "a seed is")


def test_one_that_is_too_small_is_refused() -> None:
    """With the smallest that can be."""
    with pytest.raises(WrongCall, match="jobs are a whole number from 1, not '0'"):
        whole_number("0", "jobs are", 1)


@pytest.mark.parametrize("digits", [19, 5000])
def test_one_that_is_too_long_is_refused(digits: int) -> None:
    """By its length alone: Python refuses to read thousands of digits, and nobody would read them in a sentence."""
    with pytest.raises(WrongCall) as caught:
        whole_number("9" * digits, "a seed is")
    assert str(caught.value) == f"a seed is a whole number of at most 18 digits, not of {digits}"
