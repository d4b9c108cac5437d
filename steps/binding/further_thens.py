"""What else does not hold: where a Then fails, those that follow it in a row are judged as well."""

from collections.abc import Generator, Iterator
from contextlib import suppress
from itertools import takewhile

import pytest
from pytest_bdd.parser import Scenario, Step
from pytest_bdd.scenario import _execute_step_function, get_step_function
from pytest_bdd.types import THEN

from hadrill.harness.drill.status import Status
from hadrill.steps.binding.endings import status_in

GOES_ON = frozenset({Status.FAILED, Status.BROKEN})
"""Also past a check that left no verdict: what it could not tell hides nothing that another one finds."""


class FurtherThens:
    """A pytest plugin. The scenario ends as the worst of its Thens, and has the findings of all."""

    def __init__(self) -> None:
        self._going_on = False

    @pytest.hookimpl(wrapper=True)
    def pytest_bdd_step_error(
        self, request: pytest.FixtureRequest, scenario: Scenario, step: Step, exception: BaseException
    ) -> Generator[None, object, object]:
        """Once everybody knows that it failed, run the next ones; those end as they may, and are on record."""
        result = yield
        if step.type == THEN and not self._going_on and status_in("call", exception) in GOES_ON:
            self._going_on = True
            try:
                with suppress(pytest.skip.Exception):  # nothing more is to be asked; what is known stays
                    for further in _in_a_row_after(step, scenario):
                        _run(request, scenario, further)
            finally:
                self._going_on = False
        return result


def _in_a_row_after(step: Step, scenario: Scenario) -> Iterator[Step]:
    """Up to what is done next: that would be done to a system of which something is already known to be wrong."""
    place = next(number for number, each in enumerate(scenario.steps) if each is step)
    return takewhile(lambda each: each.type == THEN, scenario.steps[place + 1 :])


def _run(request: pytest.FixtureRequest, scenario: Scenario, step: Step) -> None:
    """As pytest-bdd does, its hooks included; it offers no other way to run one step."""
    definition = get_step_function(request, step)
    if definition is not None:
        with suppress(Exception, pytest.fail.Exception):
            _execute_step_function(request, scenario, step, definition)
