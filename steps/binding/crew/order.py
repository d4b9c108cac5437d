"""Which scenario is begun next, by number (pure): what judges a time is alone with the machine (design decision 12)."""

from collections import deque


class Order:
    """First those that judge no time, beside one another; then the others, one at a time.

    Those beside one another are begun from both ends: what is last, for what it needs, runs beside what needs least.
    Of the others the next is begun when the one before has been judged: while that is taken down, this is set up.

    Args:
        beside: how many judge no time; they have the numbers from 0.
        alone: how many judge one; they have the numbers after those.
    """

    def __init__(self, beside: int, alone: int) -> None:
        self._last_beside = beside - 1
        self._beside = deque(range(beside))
        self._alone = deque(range(beside, beside + alone))
        self._running: set[int] = set()
        self._measuring: int | None = None

    @property
    def nothing_left(self) -> bool:
        """All have been begun."""
        return not self._beside and not self._alone

    def begin(self, *, at_the_end: bool = False) -> int | None:
        """The scenario to begin now; None where there is none, or none yet.

        Args:
            at_the_end: the last of those that run beside one another, in place of the first.
        """
        if self._beside:
            number = self._beside.pop() if at_the_end else self._beside.popleft()
        elif self._alone and self._measuring is None and not self._beside_others:
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

    def begin_no_more(self) -> None:
        """What has not begun never does."""
        self._beside.clear()
        self._alone.clear()

    @property
    def _beside_others(self) -> bool:
        """Whether one that may run beside others is still under way."""
        return any(each <= self._last_beside for each in self._running)
