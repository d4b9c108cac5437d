"""A step of an operation, and a plan: the steps in order and how far it can still be undone."""

from collections.abc import Callable
from dataclasses import dataclass

from hadrill.harness.reference.records import OperationRecord
from hadrill.harness.reference.work import Work

StepFunction = Callable[[Work, OperationRecord], None]


@dataclass(frozen=True, slots=True)
class Step:
    """One step; may be run again from its start after a crash in its middle."""

    name: str
    run: StepFunction


@dataclass(frozen=True, slots=True)
class Plan:
    """How an operation is carried out.

    Attributes:
        steps: in order.
        undo: run when a step fails before the point of no return; leaves the instance as it was.
        forward_from: the point of no return: from this step on nothing is undone, a failing step is tried again.
            Empty where all of it can be undone.
        patience_s: for how long; seconds. The operation then ends where it is: what is on record is true, and the
            next look at the instance decides how the rest is done.
    """

    steps: tuple[Step, ...]
    undo: StepFunction
    forward_from: str = ""
    patience_s: float = 3.0

    @property
    def first(self) -> str:
        """Name of the first step."""
        return self.steps[0].name

    def remaining(self, step: str) -> tuple[Step, ...]:
        """The steps from the named one on."""
        names = [each.name for each in self.steps]
        return self.steps[names.index(step) :]

    def must_finish(self, step: str) -> bool:
        """Whether the named step lies past the point of no return."""
        return self.forward_from != "" and step in {each.name for each in self.remaining(self.forward_from)}


def leave(_work: Work, _operation: OperationRecord) -> None:
    """Undo nothing: what was done is harmless, and the next look at the instance decides what follows."""
