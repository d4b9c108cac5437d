"""Sets of transactions as MySQL writes them: parsed, subtracted, written again.

The text of a set is sources separated by commas, with line breaks wherever the server likes: a server's UUID, then
intervals; from 8.4 on also tags, each followed by intervals of its own: ``UUID:1-5:7:tag:1-3,``. Manual, "GTID Format
and Storage".
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Self

_SOURCE: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_TAG: Final = re.compile(r"[a-z_][a-z0-9_]{0,31}")
_INTERVAL: Final = re.compile(r"([0-9]+)(?:-([0-9]+))?")

Interval = tuple[int, int]
"""First and last transaction number, both in the set."""


@dataclass(frozen=True, slots=True)
class GtidSet:
    """A set of transactions.

    Attributes:
        intervals: by ``UUID`` or ``UUID:tag``; ascending, neither empty nor touching each other.
    """

    intervals: Mapping[str, tuple[Interval, ...]]

    @classmethod
    def parse(cls, text: str) -> Self:
        """From a server's own words; upper and lower case are the same.

        Raises:
            ValueError: it is no set of transactions; says which part is not.
        """
        found: dict[str, list[Interval]] = {}
        for part in filter(None, "".join(text.split()).lower().split(",")):
            uuid, *rest = part.split(":")
            if not _SOURCE.fullmatch(uuid) or not rest:
                raise ValueError(f"{part!r} in a GTID set is no UUID with its transactions")
            source = uuid
            for word in rest:
                if _TAG.fullmatch(word):
                    source = f"{uuid}:{word}"
                else:
                    found.setdefault(source, []).append(_interval(word, part))
        return cls({source: joined for source, intervals in sorted(found.items()) if (joined := _joined(intervals))})

    def __sub__(self, other: Self) -> Self:
        """What is in this set and not in the other."""
        rest = {
            source: _without(intervals, other.intervals.get(source, ())) for source, intervals in self.intervals.items()
        }
        return type(self)({source: intervals for source, intervals in rest.items() if intervals})

    @property
    def count(self) -> int:
        """How many transactions."""
        return sum(last - first + 1 for intervals in self.intervals.values() for first, last in intervals)

    def __str__(self) -> str:
        """As MySQL would write it, with a source for each tag."""
        return ",".join(
            ":".join([source, *(str(first) if first == last else f"{first}-{last}" for first, last in intervals)])
            for source, intervals in self.intervals.items()
        )


def _interval(word: str, part: str) -> Interval:
    match = _INTERVAL.fullmatch(word)
    if match is None or int(match[1]) == 0:
        raise ValueError(f"{word!r} in {part!r} of a GTID set is neither a tag nor an interval")
    return int(match[1]), int(match[2] or match[1])


def _joined(intervals: list[Interval]) -> tuple[Interval, ...]:
    """In order; those that overlap or touch are one. One that ends before it begins is empty, as MySQL has it."""
    joined: list[Interval] = []
    for first, last in sorted(intervals):
        if joined and first <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        elif first <= last:
            joined.append((first, last))
    return tuple(joined)


def _without(intervals: tuple[Interval, ...], others: tuple[Interval, ...]) -> tuple[Interval, ...]:
    """Both in order; what remains is, too."""
    rest = []
    for first, last in intervals:
        begin = first
        for other_first, other_last in others:
            if other_last < begin or other_first > last:
                continue
            if other_first > begin:
                rest.append((begin, other_first - 1))
            begin = other_last + 1
        if begin <= last:
            rest.append((begin, last))
    return tuple(rest)
