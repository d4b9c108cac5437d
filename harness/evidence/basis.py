"""What a judgement was made from, so that the same check can be asked again from the run's folder alone."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from inspect import signature
from typing import Any, Final, get_type_hints

from hadrill.harness.errors import HarnessTrouble
from hadrill.harness.model.history import History
from hadrill.harness.model.verdict import Judgement
from hadrill.harness.typed import read


@dataclass(frozen=True, slots=True)
class Basis:
    """What a check was given.

    Attributes:
        given: its arguments by name, without the history; None for a judgement that is no registered check's.
        before: where it was given a history: what the journal held before the event of that number; else None.
    """

    given: Mapping[str, object] | None = None
    before: int | None = None


NOTHING: Final = Basis()
"""Of a judgement that cannot be asked for again."""


def given_to(check: Callable[..., Judgement], *arguments: object) -> dict[str, object]:
    """The arguments of a call by name, those that were left out included."""
    bound = signature(check).bind(*arguments)
    bound.apply_defaults()
    return {name: value for name, value in bound.arguments.items() if not isinstance(value, History)}


def arguments_of(check: Callable[..., Judgement], given: Mapping[str, Any]) -> dict[str, Any]:
    """What a journal's line says was given, in the check's own types.

    Raises:
        HarnessTrouble: the check takes something else.
    """
    hints = get_type_hints(check)
    try:
        return {name: read(hints[name], value) for name, value in given.items()}
    except (KeyError, ValueError) as error:
        raise HarnessTrouble(f"the journal gives {check.__name__} what it does not take: {error}") from error
