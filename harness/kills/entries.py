"""What is put down of each kill."""

from dataclasses import dataclass
from typing import Annotated, Final, Literal

from pydantic import Field, StringConstraints, TypeAdapter

from hadrill.harness.kills.plan import Part
from hadrill.harness.soak.logbook import Book, Number, Seconds

Temporary = Annotated[str, StringConstraints(pattern=r"^/(.*/)?k[a-z0-9_]{8}$")]
DrillFolder = Annotated[str, StringConstraints(pattern=r"^(kill|unharmed)-[0-9]{4,}$")]
"""What is cut short is removed: no logbook, however it came to be, names more than a drill's own folders."""


@dataclass(frozen=True, slots=True)
class Sitting:
    """A call begins, or goes on.

    Attributes:
        seed: from which the kills follow.
        began: UTC, ISO 8601.
        hadrill: its version.
        commit: of the clone that it runs from; empty outside a clone.
        asked: the drills' own options, as they were given.
    """

    seed: int
    began: str
    hadrill: str
    commit: str
    asked: tuple[str, ...]
    kind: Literal["sitting"] = "sitting"


@dataclass(frozen=True, slots=True)
class Began:
    """A drill is about to begin.

    Attributes:
        number: of the kill, from 1; 0 where nothing is to be killed.
        temporary: the drill's folder for temporary files.
        folder: of what it writes, below the call's.
    """

    number: Number
    temporary: Temporary
    folder: DrillFolder
    kind: Literal["began"] = "began"


@dataclass(frozen=True, slots=True)
class Killed:
    """A signal was sent, and this was seen.

    Attributes:
        at_s: seconds after the drill's start at which it was sent.
        victim: its command, in short and without folders: a logbook can be kept where others read it.
        died: it ended of that.
        exit_code: the drill's, or minus a signal's number; None where it hung.
        reads: the exit code that the record stands for; None where there is no record.
        ended_s: seconds from the signal to the drill's end.
        gone_s: seconds from then until nothing was left; None where something stayed.
        left: processes and files that stayed.
        wrong: what of it reads wrong, in sentences.
        without: scenarios that passed by what was judged after their manager's death.
        seconds: that all of it took.
        folder: where everything is kept, below the call's; empty where it was removed.
    """

    number: Number
    part: Part
    signal: str
    at_s: Seconds
    victim: str
    died: bool
    exit_code: int | None
    reads: int | None
    ended_s: Seconds
    gone_s: Seconds | None
    left: tuple[str, ...]
    wrong: tuple[str, ...]
    without: tuple[str, ...]
    seconds: Seconds
    folder: str
    kind: Literal["killed"] = "killed"


@dataclass(frozen=True, slots=True)
class Absent:
    """The victim was not there at that moment, nor soon after; this is no kill.

    Attributes:
        passed: the drill was over before, so that its seconds are a drill's length.
        exit_code: its own; None where it had to be asked to end, and in lines of earlier versions.
        left: processes and files that stayed.
        folder: where it is kept, below the call's; empty where there is nothing to look into.
    """

    number: Number
    part: Part
    signal: str
    at_s: Seconds
    passed: bool
    seconds: Seconds
    exit_code: int | None = None
    left: tuple[str, ...] = ()
    folder: str = ""
    kind: Literal["absent"] = "absent"

    @property
    def failed(self) -> bool:
        """Nothing was done to it, and it did not pass all the same, or left something."""
        return bool(self.left) or self.exit_code not in {None, 0}


@dataclass(frozen=True, slots=True)
class Unharmed:
    """A drill in which nothing was killed.

    Attributes:
        exit_code: its own.
        left: processes and files that stayed.
        folder: where it is kept, below the call's; empty where it passed.
    """

    exit_code: int
    seconds: Seconds
    left: tuple[str, ...]
    folder: str
    kind: Literal["unharmed"] = "unharmed"

    @property
    def passed(self) -> bool:
        """All passed, and nothing stayed."""
        return self.exit_code == 0 and not self.left


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A drill was cut short, and does not count.

    Attributes:
        noticed: UTC, ISO 8601.
    """

    number: Number
    noticed: str
    reason: str
    kind: Literal["unfinished"] = "unfinished"


Entry = Sitting | Began | Killed | Absent | Unharmed | Unfinished
KILLS: Final[Book[Entry]] = Book(
    "kills.jsonl", "call of kills", TypeAdapter(Annotated[Entry, Field(discriminator="kind")])
)
