"""Smallest and largest values by group, over whole columns."""

from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Groups:
    """Rows that belong together: an order in which they stand side by side.

    Attributes:
        numbers: of the groups that have rows, ascending.
        order: of the rows: group by group, and as they were within each.
        starts: where each group begins in that order.
    """

    numbers: NDArray[Any]
    order: NDArray[np.int64]
    starts: NDArray[np.int64]

    @classmethod
    def of(cls, numbers: NDArray[Any]) -> Self:
        """By the group's number of each row, not negative; the smaller its type, the faster (16 bits are)."""
        order = np.argsort(numbers, kind="stable")
        ordered = numbers.take(order)
        starts = np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1])) if len(ordered) else order
        return cls(ordered.take(starts), order, starts)

    def smallest(self, values: NDArray[Any]) -> NDArray[Any]:
        """Each group's smallest value."""
        found: NDArray[Any] = np.minimum.reduceat(values.take(self.order), self.starts) if len(self.starts) else values
        return found

    def largest(self, values: NDArray[Any]) -> NDArray[Any]:
        """Each group's largest value."""
        found: NDArray[Any] = np.maximum.reduceat(values.take(self.order), self.starts) if len(self.starts) else values
        return found

    def parts(self, rows: NDArray[Any]) -> dict[int, NDArray[Any]]:
        """Each group's rows, in the order in which they were."""
        ordered = rows.take(self.order)
        ends = [*self.starts.tolist()[1:], len(ordered)]
        return (
            {
                int(number): ordered[start:end]
                for number, start, end in zip(self.numbers, self.starts.tolist(), ends, strict=True)
            }
            if len(self.starts)
            else {}
        )
