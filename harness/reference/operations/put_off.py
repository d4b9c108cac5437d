"""An operation that gives way to something more urgent, at its next step or while it waits."""

from collections.abc import Callable
from typing import Final

from hadrill.harness.reference.records import OperationRecord
from hadrill.harness.reference.work import PutOff, Work

PUT_OFF_FOR: Final = "put-off-for"
"""What an operation is told, with its arguments, by whoever will not wait for it."""

PUT_OFF: Final = "put off: a promotion was asked for, and does not wait for it"


def is_put_off(work: Work, operation: OperationRecord) -> bool:
    """Whether it was told so."""
    return PUT_OFF_FOR in work.store.operation(operation.id).arguments


def unless_put_off(work: Work, operation: OperationRecord) -> Callable[[], None]:
    """For whoever waits on behalf of an operation: raises PutOff once it was told so."""

    def look() -> None:
        if is_put_off(work, operation):
            raise PutOff(PUT_OFF)

    return look
