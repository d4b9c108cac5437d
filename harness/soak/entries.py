"""What a soak puts down of each drill: one line when it begins, and one when it has ended or is known not to."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Final, Literal

from pydantic import Field, TypeAdapter

from hadrill.harness.model.verdict import Verdict
from hadrill.harness.soak.logbook import Book, Number, Seconds


@dataclass(frozen=True, slots=True)
class FalseAlarm:
    """A promise that was found broken, though the reference service keeps it.

    Attributes:
        scenario: its id.
        check: the check that found it; empty for a step's own assertion.
        sentence: what was seen.
    """

    scenario: str
    check: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Undecided:
    """A scenario without a verdict, and why; the scenario is empty where it is the run that has none."""

    scenario: str
    reason: str


@dataclass(frozen=True, slots=True)
class Began:
    """A drill is about to begin.

    Attributes:
        number: from 1, over all sittings of the soak.
        began: UTC, ISO 8601.
        hadrill: its version.
        commit: of the clone that it runs from; empty outside a clone.
        asked: the drill's own options, as they were given.
        busy: every core is kept busy meanwhile.
    """

    number: Number
    seed: int
    began: str
    hadrill: str
    commit: str
    asked: tuple[str, ...]
    kind: Literal["began"] = "began"
    busy: bool = False


@dataclass(frozen=True, slots=True)
class Ended:
    """A drill went to its end, and counts.

    Attributes:
        began, ended: UTC, ISO 8601.
        exit_code: the drill's.
        verdicts: how many scenarios have each.
        folder: of its run, below the soak's; empty where it was removed.
        busy: as in ``Began``.
    """

    number: Number
    seed: int
    began: str
    ended: str
    seconds: Seconds
    exit_code: int
    verdicts: Mapping[str, Number]
    false_alarms: tuple[FalseAlarm, ...]
    undecided: tuple[Undecided, ...]
    folder: str
    kind: Literal["ended"] = "ended"
    busy: bool = False

    def __post_init__(self) -> None:
        """A rate of false alarms is one of scenarios that were judged; raises ValueError."""
        if len(self.false_alarms) > self.verdicts.get(Verdict.FAIL, 0):
            raise ValueError(f"{len(self.false_alarms)} false alarms are more than the scenarios that failed")


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A drill did not go to its end, and does not count.

    Attributes:
        noticed: UTC, ISO 8601; where the soak itself was killed, that is when it was resumed.
        of_itself: it hung or ended, though nobody had asked for that.
        busy: as in ``Began``.
    """

    number: Number
    seed: int
    noticed: str
    reason: str
    kind: Literal["unfinished"] = "unfinished"
    of_itself: bool = False
    busy: bool = False


Entry = Began | Ended | Unfinished
SOAK: Final[Book[Entry]] = Book("soak.jsonl", "soak", TypeAdapter(Annotated[Entry, Field(discriminator="kind")]))
