"""The order in which a part is looked for, and what is said when no place has it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from hadrill.harness.engines.executable import UnusableProgram
from hadrill.harness.errors import PartMissing, WrongCall

T = TypeVar("T")


class NotHere(WrongCall):
    """A place does not hold the part; the message says what it holds instead."""


class FetchFailed(NotHere):
    """A registry, or the tool that asks it, did not deliver; the message says what came back."""


@dataclass(frozen=True, slots=True)
class Place(Generic[T]):
    """One place to look for a part.

    Attributes:
        name: as the message on failure calls it.
        look: returns the part, or raises ``NotHere`` or ``UnusableProgram``.
        decisive: the user named this place; no other is tried in its stead.
    """

    name: str
    look: Callable[[], T]
    decisive: bool = False


def first_found(part: str, places: Sequence[Place[T]], remedy: str) -> T:
    """The part from the first place that has it.

    Raises:
        PartMissing: no place has it; lists each with what came back, and what to do by hand.
    """
    tried = []
    for place in places:
        try:
            return place.look()
        except (NotHere, UnusableProgram) as error:
            tried.append(f"  {place.name}: {error}")
        if place.decisive:
            break
    raise PartMissing("\n".join([f"{part} is missing. Tried:", *tried, f"  What to do: {remedy}"]))
