"""Between which numbers something can be had."""

from dataclasses import dataclass

from hadrill.harness.errors import WrongCall


@dataclass(frozen=True, slots=True)
class Span:
    """Both ends can be had, and what is no number cannot."""

    least: float
    most: float

    def require(self, value: float, told: str) -> None:
        """See that a value is within.

        Args:
            told: the value as whoever gave it knows it.

        Raises:
            WrongCall: it is not; says what would be.
        """
        if not self.least <= value <= self.most:  # nan is not, either
            raise WrongCall(f"{told} is out of range; {self} it can be")

    def __str__(self) -> str:
        """As people say it."""
        return f"between {_plain(self.least)} and {_plain(self.most)}"


def _plain(number: float) -> str:
    return f"{number:.0f}" if number == int(number) else f"{number:g}"
