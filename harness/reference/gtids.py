"""Sets of transactions, as servers print them (pure)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True)
class Gtids:
    """A GTID set.

    Attributes:
        ranges: by source (and tag), first and last number of each run of transactions, ascending.
    """

    ranges: dict[str, tuple[tuple[int, int], ...]]

    @classmethod
    def parse(cls, text: str) -> Self:
        """Out of ``uuid:1-5:7,other:1``; tags as in ``uuid:tag:1`` are told apart."""
        ranges: dict[str, list[tuple[int, int]]] = {}
        for source, run in _runs(text):
            ranges.setdefault(source, []).append(run)
        return cls({source: _joined(runs) for source, runs in ranges.items()})

    def contains(self, other: "Gtids") -> bool:
        """Whether every transaction of the other set is in this one."""
        return all(
            any(first <= low and high <= last for first, last in self.ranges.get(source, ()))
            for source, runs in other.ranges.items()
            for low, high in runs
        )


def _runs(text: str) -> Iterator[tuple[str, tuple[int, int]]]:
    for part in filter(None, "".join(text.split()).split(",")):
        source, *pieces = part.split(":")
        tag = ""
        for piece in pieces:
            first, _, last = piece.partition("-")
            if first.isdigit():
                yield source + tag, (int(first), int(last or first))
            else:
                tag = f":{piece}"


def _joined(runs: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    joined: list[tuple[int, int]] = []
    for low, high in sorted(runs):
        if joined and low <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(high, joined[-1][1]))
        else:
            joined.append((low, high))
    return tuple(joined)
