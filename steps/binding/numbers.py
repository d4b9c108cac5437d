"""Numbers in sentences that must lie within something; one that does not is refused before anything runs."""

from dataclasses import dataclass
from math import isfinite
from typing import Any

from pytest_bdd.steps import StepFunctionContext

from hadrill.harness.errors import WrongCall
from hadrill.harness.faults.span import Span


@dataclass(frozen=True, slots=True)
class Within(Span):
    """A converter of a step's argument, which lets it through."""

    def __call__(self, value: Any) -> int:  # noqa: ANN401 - pytest-bdd hands over what the sentence's parser made of it
        """The value.

        Raises:
            WrongCall: it is not within; says what would be.
        """
        number = int(value)
        self.require(number, str(number))
        return number


@dataclass(frozen=True, slots=True)
class Finite:
    """A converter of a step's argument, which lets every number through but infinite ones and NaN."""

    def __call__(self, value: Any) -> float:  # noqa: ANN401 - see Within
        """The value.

        Raises:
            WrongCall: it is not finite.
        """
        number = float(value)
        if not isfinite(number):
            raise WrongCall(f"a limit has to be a finite number, not {number}")
        return number


def number_fault(definition: StepFunctionContext, sentence: str) -> str:
    """What is wrong with a number in a sentence that a definition takes; empty where nothing is."""
    said = definition.parser.parse_arguments(sentence) or {}
    for name, converter in definition.converters.items():
        if isinstance(converter, (Within, Finite)) and name in said:
            try:
                converter(said[name])
            except WrongCall as error:
                return str(error)
    return ""
