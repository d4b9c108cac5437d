"""Between which numbers something can be had."""

from dataclasses import dataclass

from hadrill.harness.errors import WrongCall

_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Span:
    """Both ends can be had, and what is no number cannot."""

    least: float
    most: float

    def require(self, name: str, value: float, told: str = "") -> None:
        """See that a value is within.

        Args:
            told: the value as it was given, where that was in words.

        Raises:
            WrongCall: it is not; says what would be.
        """
        if not self.least <= value <= self.most:  # nan is not, either
            shown = (told or f"{value:g}")[:_LONGEST]
            raise WrongCall(
                f"{name}={shown} is out of range; between {_plain(self.least)} and {_plain(self.most)} it can be"
            )


def _plain(number: float) -> str:
    return f"{number:.0f}" if number == int(number) else f"{number:g}"
