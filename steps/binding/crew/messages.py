"""What a member of the crew says to its chief, besides what is told of the scenario that it runs."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hadrill.steps.binding.telling import Told


@dataclass(frozen=True, slots=True)
class Reported:
    """The phases of a scenario, each as pytest's ``pytest_report_to_serializable`` gives it."""

    reports: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """All is on record that the scenario measures; what it still does is to compare, to judge, to take down."""


@dataclass(frozen=True, slots=True)
class Free:
    """The scenario is over and everything of it is taken down."""


@dataclass(frozen=True, slots=True)
class Left:
    """The member cannot go on, and neither can the drill.

    Attributes:
        reason: a sentence.
        exit_code: what the drill ends with for that.
    """

    reason: str
    exit_code: int


Message = Told | Reported | Judged | Free | Left
