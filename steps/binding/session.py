"""A pytest session as a run of the drill: plan before the first scenario, reports after the last."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import hadrill
from hadrill.harness.drill.catalogue import Catalogue
from hadrill.harness.drill.folder import make_folder
from hadrill.harness.drill.interruption import Interruption
from hadrill.harness.drill.objectives import Objectives
from hadrill.harness.drill.plan import Plan, PlannedScenario, in_order, requirements_of
from hadrill.harness.drill.run import Run
from hadrill.harness.drill.settings import RunSettings
from hadrill.harness.errors import HadrillError
from hadrill.harness.model.line import LineProfile
from hadrill.harness.visible import visible
from hadrill.steps.binding.chronicler import Chronicler
from hadrill.steps.binding.collect import FeatureCollection
from hadrill.steps.binding.crew.chief import Task, crew_of
from hadrill.steps.binding.crew.loop import run_others
from hadrill.steps.binding.exit_code import NOT_FINISHED, WRONG_CALL, exit_code
from hadrill.steps.binding.further_thens import FurtherThens
from hadrill.steps.binding.items import planned
from hadrill.steps.binding.junit import JunitFile
from hadrill.steps.binding.publishing import published_reports, table_of
from hadrill.steps.binding.telling import tell_plugins

if TYPE_CHECKING:  # matplotlib and more, of no use before the drill is over
    from hadrill.reports.publish import Published


SESSION = "hadrill-session"
ALLURE = "hadrill-allure"


class DrillSession:
    """Opens a run when scenarios are about to be executed, and closes it when they have been.

    Attributes:
        run: None as long as there is none: nothing was selected, or pytest only collects.
        published: the reports; None as long as there are none.
        trouble: why there are none, or why the journal has no end; else empty.
    """

    def __init__(
        self,
        collection: FeatureCollection,
        settings: RunSettings,
        catalogue: Catalogue,
        objectives: Objectives,
        lines: Mapping[str, LineProfile],
        folder: Path | None,
    ) -> None:
        self.run: Run | None = None
        self.published: Published | None = None
        self.trouble = ""
        self._collection = collection
        self._settings = settings
        self._catalogue = catalogue
        self._objectives = objectives
        self._lines = lines
        self._folder = folder
        self._interruption = Interruption()
        self._chronicler: Chronicler | None = None
        self._junit = JunitFile(None)
        self._chosen: tuple[pytest.Item, ...] = ()

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool | None:
        """Write the plan and open the journal, if a scenario is going to be executed; then leave the rest to pytest.

        pytest itself knows no other order than one after another: side by side, the tests are run from here.
        """
        names = planned(self._collection.scenarios, self._catalogue.requirements, self._objectives)
        chosen = {item.nodeid: names[item.nodeid] for item in session.items if item.nodeid in names}
        collection_failed = session.testsfailed and not session.config.option.continue_on_collection_errors
        if not chosen or collection_failed or session.config.option.collectonly:
            return None
        self._chosen = tuple(item for item in session.items if item.nodeid in chosen)
        jobs = max(1, min(self._settings.jobs, len(chosen)))
        ordered = in_order(chosen.values(), jobs)
        try:
            self.run = self._begin(ordered, jobs)
        except HadrillError as error:
            raise pytest.UsageError(visible(str(error))) from error
        self._chronicler = self._follow(self.run, chosen, session.config)
        began = partial(session.config.hook.pytest_hadrill_run_began, run=self.run, interruption=self._interruption)
        if jobs == 1:
            began()
            return None
        self.run.quiet.share()
        scenarios = {chosen[item.nodeid].id: item for item in session.items if item.nodeid in chosen}
        with crew_of(jobs, task_of(ordered, scenarios), self._chronicler, self._interruption) as crew:
            began()
            crew.run()
        run_others(session, [item for item in session.items if item.nodeid not in chosen])
        return True

    @pytest.hookimpl(wrapper=True, trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> Generator[None, object, object]:
        """Tear down whole, then close the journal, publish the reports and set the exit code."""
        self._interruption.hold()
        asked_by = self._interruption.by  # whoever asks from now on finds all scenarios over
        if self.run is not None:
            self._junit.tell_unended(self._chosen, asked_by)
        try:
            return (yield)
        except HadrillError as error:
            if self.run is None:
                raise
            self.run.trouble(str(error))
            return None
        except OSError as error:
            if self.run is None:
                raise
            self.trouble = f"a report of pytest's own could not be written: {error}"
            return None
        finally:
            if self.run is not None:
                self._close(self.run, asked_by)
                self._conclude(self.run, session)

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter, exitstatus: int) -> None:
        """Print the closing table below pytest's own summary; a refused call has none."""
        if self.trouble:
            terminalreporter.write_line(f"hadrill: {visible(self.trouble)}", red=True)
        if self.published is not None and exitstatus != WRONG_CALL:
            terminalreporter.section("hadrill")
            terminalreporter.write(table_of(self.published))

    def _follow(self, run: Run, scenarios: Mapping[str, PlannedScenario], config: pytest.Config) -> Chronicler:
        """Take over the signals, and write down from now on what happens."""
        self._interruption.take_over()
        config.add_cleanup(self._interruption.give_back)
        allure = config.pluginmanager.get_plugin(ALLURE)
        tell = partial(tell_plugins, config)
        chronicler = Chronicler(run, scenarios, self._interruption, allure, tell)
        config.pluginmanager.register(chronicler, "hadrill-chronicler")
        config.pluginmanager.register(FurtherThens(), "hadrill-further-thens")
        self._junit = JunitFile.of(config)
        config.pluginmanager.register(self._junit, "hadrill-junit")
        return chronicler

    def _begin(self, scenarios: tuple[PlannedScenario, ...], jobs: int) -> Run:
        folder = self._folder or make_folder(self._settings.output)
        plan = Plan(
            run=folder.name,
            seed=self._settings.seed,
            hadrill=hadrill.__version__,
            environment=self._settings.environment,
            sabotage=self._settings.sabotage,
            objectives=self._objectives,
            lines=self._lines,
            requirements=requirements_of(self._catalogue, scenarios),
            scenarios=scenarios,
            not_addressed=self._catalogue.not_addressed,
            jobs=jobs,
        )
        return Run.begin(folder, plan, self._settings)

    def _close(self, run: Run, asked_by: str) -> None:
        try:
            if asked_by:
                run.stop(asked_by)
            run.close()
            self._junit.publish()
        except (HadrillError, OSError) as error:
            self.trouble = str(error)

    def _conclude(self, run: Run, session: pytest.Session) -> None:
        drill, hook = NOT_FINISHED, session.config.hook
        hook.pytest_hadrill_publishing(run=run)
        try:
            self.published = published_reports(run.folder)
            drill = self.published.result.exit_code
        except (HadrillError, OSError) as error:
            self.trouble = f"the reports of {run.folder} could not be written: {error}"
        hook.pytest_hadrill_run_ended(run=run, published=self.published, trouble=self.trouble)
        others_failed = session.testsfailed > (self._chronicler.failed_reports if self._chronicler else 0)
        session.exitstatus = exit_code(session.exitstatus, drill, others_failed=others_failed)


def task_of(ordered: Iterable[PlannedScenario], items: Mapping[str, pytest.Item]) -> Task:
    """The tests that a plan's scenarios are, by their id, in its order."""
    scenarios = tuple(ordered)
    return Task(
        beside=tuple(items[each.id] for each in scenarios if not each.timed),
        alone=tuple(items[each.id] for each in scenarios if each.timed),
    )
