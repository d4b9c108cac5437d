"""What a sabotage is: one changed decision of the reference service, and what must catch it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sabotage:
    """One broken service.

    Attributes:
        name: as ``hadrill sabotage NAME`` takes it.
        breaks: the clause whose promise it breaks.
        decision: the field of the manager's decisions that is changed.
        value: what it is changed to.
        caught_by: titles of the scenarios that must fail on it.
        why: what goes wrong then, in a sentence.
    """

    name: str
    breaks: str
    decision: str
    value: bool
    caught_by: tuple[str, ...]
    why: str
