"""How a scenario, or one step of it, ended."""

from enum import StrEnum

from hadrill.harness.errors import NotAddressed


class Status(StrEnum):
    """What became of the steps; a verdict is more than that (reports)."""

    PASSED = "passed"
    FAILED = "failed"  # an assertion did not hold: the drilled system broke a promise
    BROKEN = "broken"  # anything else went wrong: nothing is known
    NOT_ADDRESSED = "not addressed"  # a capability is lacking


def status_of(error: BaseException | None) -> Status:
    """An assertion is held against the drilled system; any other error is the harness's own trouble."""
    if error is None:
        return Status.PASSED
    if isinstance(error, AssertionError):
        return Status.FAILED
    if isinstance(error, NotAddressed):
        return Status.NOT_ADDRESSED
    return Status.BROKEN
