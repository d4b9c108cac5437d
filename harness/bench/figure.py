"""What was measured, and what it comes to (pure)."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from types import MappingProxyType
from typing import Final

MEDIAN: Final = "median"
P99: Final = "p99"
NO_AIMS: Final[Mapping[str, float]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the benchmark.

    Attributes:
        value: None where it was not measured; the note says why.
        unit: of value, aim and samples: ``s``, ``ms``, ``MB``, ``rows``, ``ratio``.
        aim: the value should not exceed it; None where it is told without one.
        samples: what the value comes from, in order of time.
        note: what a reader of the value should know, a sentence or a few.
    """

    name: str
    value: float | None
    unit: str
    aim: float | None = None
    samples: tuple[float, ...] = ()
    note: str = ""

    @property
    def runs(self) -> int:
        """How many samples the value comes from."""
        return len(self.samples)

    @property
    def met(self) -> bool | None:
        """Whether the aim was met; None where there is no aim, or no value."""
        return None if self.aim is None or self.value is None else self.value <= self.aim


def median_of(name: str, samples: Sequence[float], unit: str = "s", aim: float | None = None) -> Figure:
    """The median of samples."""
    return Figure(name, median(samples), unit, aim, tuple(samples))


def spread_of(
    name: str, samples: Sequence[float], unit: str = "s", aims: Mapping[str, float] = NO_AIMS
) -> tuple[Figure, ...]:
    """Median, 90th and 99th percentile and maximum.

    Args:
        aims: by what stands after the comma of a figure's name (``MEDIAN``, ``P99``).
    """
    values = {
        MEDIAN: median(samples),
        "p90": percentile(samples, 90),
        P99: percentile(samples, 99),
        "max": max(samples),
    }
    return tuple(
        Figure(f"{name}, {which}", value, unit, aims.get(which), tuple(samples)) for which, value in values.items()
    )


def sum_of(name: str, samples: Sequence[float], unit: str, aim: float | None = None, note: str = "") -> Figure:
    """The sum of samples."""
    return Figure(name, float(sum(samples)), unit, aim, tuple(samples), note)


def ratio_of(name: str, above: Sequence[float], below: Sequence[float], aim: float) -> Figure:
    """The ratio of two medians; as samples the ratio of each round, whose median may be another.

    Args:
        above, below: one sample a round each, in the same order.
    """
    rounds = tuple(one / other for one, other in zip(above, below, strict=True))
    return Figure(name, median(above) / median(below), "ratio", aim, rounds)


def percentile(samples: Sequence[float], percent: float) -> float:
    """The smallest sample that so many percent of all do not exceed (nearest rank)."""
    return sorted(samples)[max(1, math.ceil(percent / 100 * len(samples))) - 1]


def not_measured(name: str, unit: str, why: str, aim: float | None = None) -> Figure:
    """A line that has no value."""
    return Figure(name, None, unit, aim, note=why)
