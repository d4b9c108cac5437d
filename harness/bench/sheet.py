"""What one part of the benchmark came to, and under which conditions."""

import os
from dataclasses import dataclass
from typing import Self

from hadrill.harness.bench.figure import Figure
from hadrill.harness.evidence.clock import utc


@dataclass(frozen=True, slots=True)
class Sheet:
    """The figures of one part.

    Attributes:
        part: by the name of the option that says how often.
        measured_at: time of day at its begin, ISO 8601.
        load_average: the machine's over the minute before its begin; on a busy machine times say little.
        figures: in the order of the table.
    """

    part: str
    measured_at: str
    load_average: float
    figures: tuple[Figure, ...] = ()

    @classmethod
    def begin(cls, part: str) -> Self:
        """An empty sheet, stamped now."""
        return cls(part, utc(), round(os.getloadavg()[0], 2))

    def complete(self, count: int) -> bool:
        """Whether nothing is left to measure when it is to be done so many times."""
        measured = all(figure.value is not None for figure in self.figures)
        return bool(self.figures) and measured and self.figures[0].runs >= count
