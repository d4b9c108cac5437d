"""Whole numbers as people type them."""

from typing import Final

from hadrill.harness.errors import WrongCall

MOST_DIGITS: Final = 18
"""Whatever takes numbers of eight bytes takes these; Python itself refuses to read thousands."""


def whole_number(given: str, told: str, least: int = 0) -> int:
    """The number that was given.

    Args:
        given: as it was typed.
        told: the sentence's beginning, up to the number: "a seed is".
        least: the smallest that can be.

    Raises:
        WrongCall: it is none, or too small or too long.
    """
    digits = given.isascii() and given.isdigit()
    if digits and len(given) > MOST_DIGITS:
        raise WrongCall(f"{told} a whole number of at most {MOST_DIGITS} digits, not of {len(given)}")
    if not digits or int(given) < least:
        raise WrongCall(f"{told} a whole number from {least}, not {given!r}")
    return int(given)
