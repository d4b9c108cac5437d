"""How a soak stands (pure): drills, false alarms and their rate, scenarios without a verdict and why."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from hadrill.harness.checks.gaps import OURS_STOOD_STILL
from hadrill.harness.model.verdict import Verdict
from hadrill.harness.soak.entries import Began, Ended, Entry, FalseAlarm, Undecided, Unfinished

_REASONS: Final = re.compile("; (?!allowed |but )")
"""Between the reasons of one scenario; within one stand a limit, and what speaks against holding it to that."""

JUDGED: Final = frozenset({Verdict.PASS, Verdict.FAIL, Verdict.NO_VERDICT})
RULE_OF_THREE: Final = 3.0


@dataclass(frozen=True, slots=True)
class Standing:
    """A soak so far, over all its sittings.

    Attributes:
        drills: that went to their end.
        scenarios: that ran in them.
        seconds: that they took together.
        alarmed: drills with a false alarm.
        since: drills after the last of those; all where there was none.
        unfinished: drills that did not go to their end; they count nowhere else.
        died: why, of those that hung or ended though nobody had asked for that.
        busy: every core was kept busy meanwhile.
    """

    drills: int
    scenarios: int
    seconds: float
    alarmed: int
    false_alarms: tuple[FalseAlarm, ...]
    undecided: tuple[Undecided, ...]
    unfinished: int
    died: tuple[str, ...] = ()
    busy: bool = False
    since: int = 0

    @property
    def exit_code(self) -> int:
        """1 a false alarm; 2 a drill died, or had no verdict for a reason within hadrill; 3 nothing known; else 0."""
        if self.false_alarms:
            return 1
        if self.died or not all(lies_outside(one) for one in self.undecided):
            return 2
        return 0 if self.drills else 3


def standing_of(entries: Iterable[Entry], *, busy: bool = False) -> Standing:
    """Count what is in the logbook of drills while cores were kept busy, or of those while they were not."""
    every = tuple(entry for entry in entries if entry.busy is busy)
    ended = [entry for entry in every if isinstance(entry, Ended)]
    return Standing(
        drills=len(ended),
        scenarios=sum(count for entry in ended for name, count in entry.verdicts.items() if name in JUDGED),
        seconds=sum(entry.seconds for entry in ended),
        alarmed=sum(bool(entry.false_alarms) for entry in ended),
        false_alarms=tuple(alarm for entry in ended for alarm in entry.false_alarms),
        undecided=tuple(one for entry in ended for one in entry.undecided),
        unfinished=sum(isinstance(entry, Unfinished) for entry in every),
        died=tuple(entry.reason for entry in every if isinstance(entry, Unfinished) and entry.of_itself),
        busy=busy,
        since=next((place for place, entry in enumerate(reversed(ended)) if entry.false_alarms), len(ended)),
    )


def exit_code_of(asked: Standing, other: Standing) -> int:
    """Of a soak whose folder holds drills of both kinds, of which one was asked for now."""
    found = {asked.exit_code, *((other.exit_code,) if other.drills or other.died else ())}
    return next(code for code in (1, 2, 3, 0) if code in found)


def open_drill(entries: Iterable[Entry]) -> Began | None:
    """The drill that has begun and of which nothing more is written: the soak was killed during it."""
    last = None
    for entry in entries:
        last = entry if isinstance(entry, Began) else None
    return last


def asked_before(entries: Iterable[Entry]) -> tuple[str, ...] | None:
    """The options of the drills that count; None where none does."""
    every = tuple(entries)
    counted = {entry.number for entry in every if isinstance(entry, Ended)}
    return next((entry.asked for entry in every if isinstance(entry, Began) and entry.number in counted), None)


def upper_bound(tried: int) -> float | None:
    """The rate that is exceeded with a chance of 5 % at most where none was seen in so many tries (rule of three).

    None where nothing was tried.
    """
    return min(1.0, RULE_OF_THREE / tried) if tried else None


def lies_outside(undecided: Undecided) -> bool:
    """Whether all that took the verdict away lies outside hadrill and the drilled system."""
    return all(OURS_STOOD_STILL in reason for reason in _REASONS.split(undecided.reason))
