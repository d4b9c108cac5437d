"""Which scenario is begun next, by number (pure): what judges a time is alone with the machine (design decision 12)."""

from collections import deque
from collections.abc import Sequence


class Order:
    """First those that judge no time, beside one another; then the others, one at a time.

    Of the others the next is begun when the one before has been judged: while that is taken down, this is set up.

    Args:
        beside: of each that judges no time, how many places it takes; they have the numbers from 0.
        alone: how many judge one; they have the numbers after those.
        places: how many there are; one that takes more has them all.
    """

    def __init__(self, beside: Sequence[int], alone: int, places: int) -> None:
        self._takes = tuple(min(takes, places) for takes in beside)
        self._free = places
        self._beside = deque(range(len(beside)))
        self._alone = deque(range(len(beside), len(beside) + alone))
        self._running: set[int] = set()
        self._measuring: int | None = None

    @property
    def nothing_left(self) -> bool:
        """All have been begun."""
        return not self._beside and not self._alone

    def begin(self) -> int | None:
        """The scenario to begin now; None where there is none, or none yet."""
        number = self._next_beside()
        if number is not None:
            self._beside.popleft()
            self._free -= self._takes[number]
        elif self._alone and self._measuring is None and not self._beside and not self._beside_others:
            number = self._measuring = self._alone.popleft()
        else:
            return None
        self._running.add(number)
        return number

    def judged(self, number: int) -> None:
        """Its steps are over: it measures nothing any more."""
        if self._measuring == number:
            self._measuring = None

    def ended(self, number: int) -> None:
        """It is over and everything of it is taken down."""
        self.judged(number)
        self._running.discard(number)
        self._free += self._takes[number] if number < len(self._takes) else 0

    def begin_no_more(self) -> None:
        """What has not begun never does."""
        self._beside.clear()
        self._alone.clear()

    def _next_beside(self) -> int | None:
        """The next one in order, where there is room for it: a large one is not kept waiting by small ones."""
        first = self._beside[0] if self._beside else None
        return first if first is not None and self._takes[first] <= self._free else None

    @property
    def _beside_others(self) -> bool:
        """Whether one that may run beside others is still under way."""
        return any(each < len(self._takes) for each in self._running)
