"""What was measured, and what it comes to (pure)."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the benchmark.

    Attributes:
        value: None where it was not measured; the note says why.
        unit: of value, aim and samples: ``s``, ``MB``, ``rows``, ``ratio``.
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


def spread_of(name: str, samples: Sequence[float], aim: float | None = None) -> tuple[Figure, Figure, Figure]:
    """Median, 90th percentile and maximum of seconds; the aim is the median's."""
    rest = {"90th percentile": percentile(samples, 90), "maximum": max(samples)}
    middle = median_of(f"{name}, median", samples, aim=aim)
    p90, most = (Figure(f"{name}, {which}", value, "s", samples=tuple(samples)) for which, value in rest.items())
    return middle, p90, most


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
