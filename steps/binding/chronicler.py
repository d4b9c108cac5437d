"""Writes to the run's journal what becomes of each scenario and step."""

from __future__ import annotations

import time
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from pytest_bdd.parser import Step
from pytest_bdd.types import GIVEN

from hadrill.harness.drill.interruption import Interruption
from hadrill.harness.drill.plan import PlannedScenario
from hadrill.harness.drill.run import Run
from hadrill.harness.drill.status import Status
from hadrill.harness.errors import HarnessTrouble, NotAddressed, PromiseBroken
from hadrill.harness.visible import visible
from hadrill.steps.binding.endings import reason_of, status_in, without_machinery
from hadrill.steps.binding.telling import ScenarioBegan, ScenarioEnded, StepBegan, Tell, Told

if TYPE_CHECKING:  # of no use while tests run
    from hadrill.reports.allure_bridge import AllureBridge

UNFINISHED = 3


@dataclass(slots=True)
class _Course:
    """What is known of the scenario that runs."""

    began_s: float
    step_began_s: float = 0.0
    status: Status = Status.PASSED
    reason: str = ""


class Chronicler:
    """Follows the scenarios of a run from the moment that it has a plan.

    Attributes:
        failed_reports: how many of pytest's failures are the scenarios'.
        tell: what is told to whoever follows the drill goes there; a process of the crew sends it to its chief.
    """

    def __init__(
        self,
        run: Run,
        scenarios: Mapping[str, PlannedScenario],
        interruption: Interruption,
        allure: AllureBridge | None,
        tell: Tell,
    ) -> None:
        self.failed_reports = 0
        self.tell = tell
        self._allure = allure
        self._run = run
        self._scenarios = scenarios
        self._interruption = interruption
        self._course = _Course(0.0)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        """Record a scenario from before its set-up until after its tear-down; then heed a signal that waited."""
        scenario = self._scenarios.get(item.nodeid)
        if scenario:
            self._begin(scenario)
        with _ending_on_trouble():
            result = yield
        if scenario:
            self._end(scenario)
        self._interruption.release()
        return result

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> Generator[None, object, object]:
        """A fixture that lacks a capability skips the scenario."""
        with self._skipping_what_is_not_addressed(item):
            return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Generator[None, object, object]:
        """A step that lacks a capability skips the scenario."""
        with self._skipping_what_is_not_addressed(item):
            return (yield)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_teardown(self, item: pytest.Item) -> Generator[None, object, object]:
        """Faults are healed here: a signal waits until that is done. Then Allure gets the evidence."""
        self._interruption.hold()
        try:
            return (yield)
        finally:
            scenario = self._scenarios.get(item.nodeid)
            if scenario and self._allure:
                self._allure.attach(self._run.folder, scenario.id)

    @pytest.hookimpl(wrapper=True, trylast=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Note how each phase of a scenario ended; the worst is the scenario's own status.

        Tracebacks are short: a long one shows arguments, and passwords may be among them.
        """
        report = yield
        if item.nodeid in self._scenarios and call.excinfo is not None:
            self._note(status_in(call.when, call.excinfo.value), reason_of(call.excinfo.value))
            self.count(report)
            if report.failed:
                report.longrepr = call.excinfo.getrepr(style="short", tbfilter=without_machinery)
        return report

    def pytest_bdd_before_step(self, step: Step) -> None:
        """A step begins; what comes after the scenario's set-up has the machine for itself where it judges a time."""
        if self._run.current is not None and self._run.current.timed and step.type != GIVEN:
            self._run.quiet.take()
        self._course.step_began_s = time.monotonic()
        if self._run.current is not None:
            self.tell(StepBegan(self._run.current, f"{step.keyword} {step.name}"))

    def pytest_bdd_after_step(self, step: Step) -> None:
        """A step has passed."""
        self._end_step(step, Status.PASSED)

    def pytest_bdd_step_error(self, step: Step, exception: BaseException) -> None:
        """A step has not passed; others may come after it, and worse ones."""
        status, reason = status_in("call", exception), reason_of(exception)
        by_itself = status is Status.FAILED and not isinstance(exception, PromiseBroken)
        self._end_step(step, status, reason if by_itself else "")
        self._note(status, reason)

    def count(self, report: pytest.TestReport) -> None:
        """Note whether a phase of a scenario failed."""
        if report.failed and report.nodeid in self._scenarios:
            self.failed_reports += 1

    def hear(self, told: Told) -> None:
        """Something was told by another process of this run, which has put it on record, too."""
        if isinstance(told, ScenarioEnded):
            self._run.note_end(told.scenario, told.status)
        self.tell(told)

    def trouble(self, sentence: str) -> None:
        """An instrument failed."""
        with _ending_on_trouble():
            self._run.trouble(sentence)

    def _begin(self, scenario: PlannedScenario) -> None:
        self._course = _Course(time.monotonic())
        with _ending_on_trouble():
            self._run.begin_scenario(scenario)
        self.tell(ScenarioBegan(scenario))

    def _end(self, scenario: PlannedScenario) -> None:
        course = self._course
        self._run.quiet.leave()
        with _ending_on_trouble():
            self._run.end_scenario(course.status, course.reason)
        self.tell(ScenarioEnded(scenario, course.status, course.reason, time.monotonic() - course.began_s))

    def _end_step(self, step: Step, status: Status, asserted: str = "") -> None:
        if self._run.current is not None:
            lasted_s = time.monotonic() - self._course.step_began_s
            self._run.step(step.keyword, step.name, status, lasted_s, asserted)

    @contextmanager
    def _skipping_what_is_not_addressed(self, item: pytest.Item) -> Iterator[None]:
        try:
            yield
        except NotAddressed as error:
            if item.nodeid not in self._scenarios:
                raise
            pytest.skip(str(error))

    def _note(self, status: Status, reason: str) -> None:
        order = (Status.PASSED, Status.NOT_ADDRESSED, Status.BROKEN, Status.FAILED)
        if order.index(status) > order.index(self._course.status):
            self._course.status, self._course.reason = status, reason


@contextmanager
def _ending_on_trouble() -> Iterator[None]:
    """Where nothing can be written any more there is no drill: the session ends, what was set up is torn down."""
    try:
        yield
    except (HarnessTrouble, OSError) as error:
        pytest.exit(visible(f"the drill cannot go on: {error}"), UNFINISHED)
