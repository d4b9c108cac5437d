"""A stage that stands ready: opening one costs most of a second, which the next scenario need not wait for."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from dataclasses import dataclass
from typing import Generic, TypeVar

from hadrill.harness.errors import HadrillError

T = TypeVar("T")
Opened = Callable[[], AbstractContextManager[T]]


@dataclass(frozen=True, slots=True)
class _Kept(Generic[T]):
    topology: str
    stage: T
    closing: ExitStack


class Spare(Generic[T]):
    """At most one stage that nobody plays on yet.

    Args:
        check: raises HadrillError where a stage that stood for a while is not whole.
    """

    def __init__(self, check: Callable[[T], object]) -> None:
        self._check = check
        self._kept: _Kept[T] | None = None

    @contextmanager
    def take(self, topology: str, opened: Opened[T]) -> Iterator[T]:
        """The one that stands ready, or a new one where that is of another topology or not whole; closed in the end.

        Args:
            topology: its name.
            opened: opens a new one, and closes it.

        Raises:
            HadrillError: it could not be opened.
        """
        with ExitStack() as closing:
            yield self._taken(topology, closing) or closing.enter_context(opened())

    def prepare(self, topology: str, opened: Opened[T]) -> None:
        """Have one stand ready; where that fails, whoever takes the next one is told why."""
        self.close()
        with suppress(HadrillError), ExitStack() as closing:
            stage = closing.enter_context(opened())
            self._kept = _Kept(topology, stage, closing.pop_all())

    def close(self) -> None:
        """Close the one that stands ready; harmless where there is none."""
        kept, self._kept = self._kept, None
        if kept is not None:
            kept.closing.close()

    def _taken(self, topology: str, closing: ExitStack) -> T | None:
        kept, self._kept = self._kept, None
        if kept is None:
            return None
        try:
            self._check(kept.stage)
            whole = True
        except HadrillError:
            whole = False
        if whole and kept.topology == topology:
            closing.push(kept.closing)
            return kept.stage
        with suppress(HadrillError):  # it was not whole
            kept.closing.close()
        return None
