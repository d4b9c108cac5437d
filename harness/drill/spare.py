"""What stands ready for the next scenario: an empty stage, or one with an instance that is as it was when it was new.

Opening a stage costs most of a second and an instance another one, which the next scenario need not wait for.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from dataclasses import dataclass
from typing import Generic, TypeVar

from hadrill.harness.errors import HadrillError

T = TypeVar("T")
S = TypeVar("S")
Opened = Callable[[], AbstractContextManager[T]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a scenario asks for.

    Attributes:
        topology: its name.
        begins: the scenario's first sentences, which say what is there before anything happens.
    """

    topology: str
    begins: tuple[str, ...] = ()


@dataclass(slots=True)
class Taken(Generic[T, S]):
    """A stage that a scenario plays on.

    Attributes:
        stage: it.
        stands: what the scenario before left on it; None where it is empty.
        leaves: what this scenario leaves on it for one that begins alike; None where it is to be closed.
        sentences: so many of its first sentences say what it leaves.
    """

    stage: T
    stands: S | None
    leaves: S | None = None
    sentences: int = 0


@dataclass(frozen=True, slots=True)
class _Kept(Generic[T, S]):
    topology: str
    begins: tuple[str, ...]
    stage: T
    stands: S | None
    closing: ExitStack

    def suits(self, wanted: Wanted) -> bool:
        return self.topology == wanted.topology and wanted.begins[: len(self.begins)] == self.begins


class Spare(Generic[T, S]):
    """At most one stage that nobody plays on now.

    Args:
        check: raises HadrillError where a stage that stood for a while is not whole.
        drop: gives up what stands on a stage that is about to be closed.
    """

    def __init__(self, check: Callable[[T], object], drop: Callable[[S], object]) -> None:
        self._check = check
        self._drop = drop
        self._kept: _Kept[T, S] | None = None

    @contextmanager
    def take(self, wanted: Wanted, opened: Opened[T]) -> Iterator[Taken[T, S]]:
        """The one that stands ready, or a new one where that does not suit or is not whole.

        It is closed in the end, or kept where something is left on it and nothing failed.

        Raises:
            HadrillError: it could not be opened.
        """
        with ExitStack() as closing:
            taken = self._taken(wanted, closing) or Taken(closing.enter_context(opened()), None)
            try:
                yield taken
            except BaseException:
                if taken.leaves is not None:  # nobody takes it any more
                    self._drop(taken.leaves)
                raise
            if taken.leaves is not None:
                begins = wanted.begins[: taken.sentences]
                self._kept = _Kept(wanted.topology, begins, taken.stage, taken.leaves, closing.pop_all())

    def prepare(self, topology: str, opened: Opened[T]) -> None:
        """Have an empty one stand ready if none does; where that fails, whoever takes the next one is told why."""
        if self._kept is not None:
            return
        with suppress(HadrillError), ExitStack() as closing:
            stage = closing.enter_context(opened())
            self._kept = _Kept(topology, (), stage, None, closing.pop_all())

    def close(self) -> None:
        """Close the one that stands ready; harmless where there is none."""
        kept, self._kept = self._kept, None
        if kept is not None:
            self._close(kept)

    def _close(self, kept: _Kept[T, S]) -> None:
        if kept.stands is not None:
            self._drop(kept.stands)
        kept.closing.close()

    def _taken(self, wanted: Wanted, closing: ExitStack) -> Taken[T, S] | None:
        kept, self._kept = self._kept, None
        if kept is None:
            return None
        try:
            self._check(kept.stage)
            whole = True
        except HadrillError:
            whole = False
        if whole and kept.suits(wanted):
            closing.push(kept.closing)
            return Taken(kept.stage, kept.stands)
        with suppress(HadrillError):  # it was not whole
            self._close(kept)
        return None
