"""What a sabotage is: one thing that is changed in the reference service, and what must catch it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

ITS_STEPS: Final = "its steps"
"""Stands for a check where a step's own assertion is what fails."""


@dataclass(frozen=True, slots=True)
class NotShown:
    """What no sabotage shows, each with the reason.

    Attributes:
        decisions: that no scenario can notice to be changed.
        checks: that no scenario must fail by.
        promises: sentences with Then, as features have them, that no sabotage breaks.
    """

    decisions: Mapping[str, str]
    checks: Mapping[str, str]
    promises: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Sabotage:
    """One broken service. A scenario that it names neither under ``must`` nor under ``may`` has to pass on it.

    Attributes:
        name: as ``hadrill sabotage NAME`` takes it.
        breaks: the clause whose promise it breaks; empty where none is meant.
        decision: the field of the manager's decisions that is changed; empty for a change of a user's own.
        value: what it is changed to.
        why: what goes wrong then, in a sentence.
        must: by title the scenarios that must fail on it, each with the checks that must each find something.
        may: by title the scenarios that need not pass on it, each with the reason.
        says: by check a piece of the sentence that it must find, where the same check finds other things, too.
        change: of a user's own: ``/folder/file.py:function``, which the manager calls before it serves.
    """

    name: str
    breaks: str
    decision: str
    value: bool
    why: str
    must: Mapping[str, tuple[str, ...]]
    may: Mapping[str, str]
    says: Mapping[str, str] = field(default_factory=dict)
    change: str = ""

    @property
    def changed(self) -> str:
        """What is changed, in words."""
        return Path(self.change).name if self.change else f"{self.decision} is {str(self.value).lower()}"
