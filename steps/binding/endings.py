"""How a phase of a scenario ended, and what is told of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hadrill.harness.drill.status import Status, status_of
from hadrill.harness.errors import HadrillError

if TYPE_CHECKING:  # pytest exports no name for it
    from _pytest._code.code import Traceback

LONGEST_REASON = 500
MACHINERY = ("_pytest.", "pluggy.", "pytest_bdd.", "hadrill.steps.binding.")


def status_in(phase: str, error: BaseException) -> Status:
    """An assertion counts against the drilled system in a step alone: set-up and tear-down are the harness's."""
    if isinstance(error, pytest.skip.Exception):
        return Status.NOT_ADDRESSED
    status = Status.FAILED if isinstance(error, pytest.fail.Exception) else status_of(error)
    return Status.BROKEN if status is Status.FAILED and phase != "call" else status


def reason_of(error: BaseException) -> str:
    """The first line of what the error says; errors that are no sentences are named."""
    lines = str(error).strip().splitlines() or ["no more is known"]
    told = isinstance(error, (HadrillError, AssertionError, pytest.skip.Exception, pytest.fail.Exception))
    return (lines[0] if told else f"{type(error).__name__}: {lines[0]}")[:LONGEST_REASON]


def without_machinery(error: pytest.ExceptionInfo[BaseException]) -> Traceback:
    """The frames of steps and what they call, without those that pytest and pytest-bdd put around them."""
    return error.traceback.filter(lambda entry: not entry.frame.f_globals["__name__"].startswith(MACHINERY))
