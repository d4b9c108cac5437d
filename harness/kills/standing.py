"""How a call of kills stands (pure)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import median

from hadrill.harness.kills.entries import Absent, Began, Entry, Killed, Sitting, Unfinished, Unharmed
from hadrill.harness.kills.plan import Part


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds of several, in the middle and at most."""

    median: float
    most: float


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known so far, over all sittings.

    Attributes:
        kills: how many, by part and signal.
        read: how many drills read as each exit code; None where nothing had begun.
        dirty: kills that left something or read wrong.
        gone: from a drill's end until nothing was left; None where nothing is known.
        asked: from the signal that asks a harness to end until it had; None where none was.
        absent: victims that were not there.
        stumbled: drills of those that did not pass, or left something, though nothing was done to them.
        unharmed: drills without a kill, in order.
        next_ran: the drill after the last kill passed; None where there was none yet.
        unfinished: drills that were cut short; they count nowhere else.
        seconds: that everything took.
    """

    kills: Mapping[tuple[Part, str], int]
    read: Mapping[int | None, int]
    dirty: tuple[Killed, ...]
    gone: Times | None
    asked: Times | None
    absent: int
    stumbled: tuple[Absent, ...]
    unharmed: tuple[Unharmed, ...]
    next_ran: bool | None
    unfinished: int
    seconds: float

    @property
    def number(self) -> int:
        """Of kills."""
        return sum(self.kills.values())

    @property
    def left(self) -> int:
        """Kills that left something behind."""
        return sum(bool(one.left) for one in self.dirty)

    @property
    def wrong(self) -> int:
        """Kills after which the drill read wrong."""
        return sum(bool(one.wrong) for one in self.dirty)

    @property
    def exit_code(self) -> int:
        """1 something was left or read wrong, or an unharmed drill did not pass; 3 nothing is known; else 0."""
        if self.dirty or self.stumbled or not all(one.passed for one in self.unharmed):
            return 1
        return 0 if self.number and self.next_ran else 3


def standing_of(entries: Iterable[Entry]) -> Standing:
    """Count what is in the logbook."""
    every = tuple(entries)
    killed = [one for one in every if isinstance(one, Killed)]
    return Standing(
        kills=Counter((one.part, one.signal) for one in killed),
        read=Counter(one.reads for one in killed),
        dirty=tuple(one for one in killed if is_dirty(one)),
        gone=_times(one.gone_s for one in killed if one.gone_s is not None),
        asked=_times(one.ended_s for one in killed if one.part is Part.HARNESS and one.signal != "SIGKILL"),
        absent=sum(isinstance(one, Absent) for one in every),
        stumbled=tuple(one for one in every if isinstance(one, Absent) and one.failed),
        unharmed=tuple(one for one in every if isinstance(one, Unharmed)),
        next_ran=next_ran(every),
        unfinished=sum(isinstance(one, Unfinished) for one in every),
        seconds=sum(one.seconds for one in every if isinstance(one, Killed | Absent | Unharmed)),
    )


def is_dirty(killed: Killed) -> bool:
    """It left something, or reads wrong."""
    return bool(killed.left or killed.wrong)


def next_ran(entries: Iterable[Entry]) -> bool | None:
    """Whether the unharmed drill after the last kill passed; None where there was none yet."""
    passed = None
    for entry in entries:
        match entry:
            case Killed():
                passed = None
            case Unharmed():
                passed = entry.passed
    return passed


def length_of(entries: Iterable[Entry]) -> float | None:
    """Seconds that the last drill took that passed, as fast as the machine is now; None where none did."""
    length_s = None
    for entry in entries:
        match entry:
            case Unharmed(passed=True) | Absent(passed=True):
                length_s = entry.seconds
            case Killed(exit_code=0):
                length_s = entry.at_s + entry.ended_s
    return length_s


def bound_to(entries: Iterable[Entry]) -> Sitting | None:
    """The sitting whose seed and options all kills share; None where nothing counts yet."""
    every = tuple(entries)
    if not any(isinstance(one, Killed | Unharmed) for one in every):
        return None
    return next((one for one in every if isinstance(one, Sitting)), None)


def next_kill(entries: Iterable[Entry]) -> tuple[int, int]:
    """Number of the next kill, from 1, and how often it was tried in vain."""
    every = tuple(entries)
    number = 1 + sum(isinstance(one, Killed) for one in every)
    return number, sum(isinstance(one, Absent) and one.number == number for one in every)


def open_drill(entries: Iterable[Entry]) -> Began | None:
    """The drill that has begun and of which nothing more is written: the call was killed during it."""
    last = None
    for entry in entries:
        last = entry if isinstance(entry, Began) else None
    return last


def _times(seconds: Iterable[float]) -> Times | None:
    every = tuple(seconds)
    return Times(median(every), max(every)) if every else None
