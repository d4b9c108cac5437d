"""Gherkin in Allure: steps, labels and evidence of each scenario, over pytest-bdd's hooks onto allure-pytest.

allure-pytest shows tests with their set-up and tear-down but no Gherkin; allure-pytest-bdd shows steps but loses set-up
and tear-down, and the two refuse to run together.
"""

import csv
import sys
from collections.abc import Generator, Mapping
from io import StringIO
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

import allure
import allure_commons
import pytest
from allure_commons.model2 import Label, Parameter
from allure_commons.types import AttachmentType, LabelType
from pytest_bdd.parser import Scenario, ScenarioTemplate, Step
from pytest_bdd.scenario import scenario_wrapper_template_registry
from pytest_bdd.utils import registry_get_safe

from hadrill.harness.errors import HarnessTrouble, NotAddressed
from hadrill.harness.model.requirement import Requirement
from hadrill.reports.allure_labels import description_of, labels_of, requirements_of, tags_of
from hadrill.reports.allure_tidy import AllureTidy

EXAMPLE: Final = "_pytest_bdd_example"


class AllureBridge:
    """A pytest plugin; register it only where Allure results are asked for (``--alluredir``).

    Args:
        requirements: the catalogue by id; a tag of that name makes a scenario show the requirement.
    """

    def __init__(self, requirements: Mapping[str, Requirement]) -> None:
        self._requirements = requirements
        self._tidy = AllureTidy()
        self._listener: Any = None
        self._step: Any = None
        self._reached = 0

    def pytest_configure(self) -> None:
        """Tidy what allure-pytest says of set-up and tear-down, as long as pytest lasts."""
        allure_commons.plugin_manager.register(self._tidy)

    def pytest_unconfigure(self) -> None:
        """Leave allure-commons, which outlives pytest, as it was."""
        allure_commons.plugin_manager.unregister(self._tidy)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> Generator[None, object, object]:
        """Label the test once allure-pytest has named it, whether or not its set-up went well."""
        self._listener = item.config.pluginmanager.getplugin("allure_listener")
        try:
            return (yield)
        finally:
            template = registry_get_safe(scenario_wrapper_template_registry, getattr(item, "obj", None))
            if self._listener is not None and template is not None:
                self._describe(item, template)

    def pytest_bdd_before_scenario(self) -> None:
        """Count steps anew."""
        self._step, self._reached = None, 0

    def pytest_bdd_before_step(self, step: Step) -> None:
        """A step of the scenario is a step of the test."""
        self._begin(step)

    def pytest_bdd_after_step(self) -> None:
        """It went well."""
        self._end(None)

    def pytest_bdd_step_error(self, exception: BaseException) -> None:
        """An assertion fails it, a lacking capability skips it, anything else breaks it."""
        lacking = isinstance(exception, NotAddressed)
        self._end(pytest.skip.Exception(str(exception)) if lacking else exception)

    def pytest_bdd_step_func_lookup_error(self, step: Step, exception: BaseException) -> None:
        """No step definition fits the sentence."""
        self._begin(step)
        self._end(exception)

    def pytest_bdd_after_scenario(self, scenario: Scenario) -> None:
        """End the step that ``pytest.skip`` or a signal left open; show the steps that were not reached."""
        self._end(sys.exc_info()[1])
        for step in scenario.steps[self._reached :]:
            self._begin(step)
            self._end(pytest.skip.Exception("not reached"))

    def attach(self, folder: Path, scenario: str) -> None:
        """Attach timeline and judgements of the scenario to the test that runs now.

        Call it after the last step, in tear-down at the latest. Evidence that cannot be shown is said to be so.

        Args:
            folder: of the run.
            scenario: its id in the journal.
        """
        # Matplotlib takes a third of a second to import, which a run without load need not wait for.
        from hadrill.reports.prose import judgements_text  # noqa: PLC0415 - see above
        from hadrill.reports.record import read_scenario  # noqa: PLC0415 - see above
        from hadrill.reports.timeline import draw_timeline  # noqa: PLC0415 - see above

        try:
            self._attach(judgements_text(read_scenario(folder, scenario)), "judgements", AttachmentType.TEXT)
            picture = draw_timeline(folder, scenario)
        except HarnessTrouble as error:
            self._attach(str(error), "no evidence could be shown", AttachmentType.TEXT)
        else:
            if picture is not None:
                self._attach(picture.png.read_bytes(), "timeline", AttachmentType.PNG)

    def _attach(self, body: str | bytes, name: str, kind: AttachmentType) -> None:
        """To the test itself: in tear-down, allure-pytest would choose the fixture."""
        if self._listener is not None:
            reporter = self._listener.allure_logger
            test = reporter.get_test(None)
            reporter.attach_data(str(uuid4()), body, name=name, attachment_type=kind, parent_uuid=test.uuid)

    def _begin(self, step: Step) -> None:
        self._reached += 1
        self._step = allure.step(f"{step.keyword} {step.name}")
        self._step.__enter__()
        if step.docstring is not None:
            allure.attach(step.docstring, "text", AttachmentType.TEXT)
        if step.datatable is not None:
            table = StringIO()
            csv.writer(table).writerows(step.datatable.raw())
            allure.attach(table.getvalue(), "table", AttachmentType.CSV)

    def _end(self, error: BaseException | None) -> None:
        step, self._step = self._step, None
        if step is not None:
            step.__exit__(type(error) if error else None, error, error.__traceback__ if error else None)

    def _describe(self, item: pytest.Item, template: ScenarioTemplate) -> None:
        example = item.callspec.params.get(EXAMPLE, {}) if hasattr(item, "callspec") else {}
        scenario = template.render(example)
        shown = requirements_of(scenario, self._requirements)
        test = self._listener.allure_logger.get_test(None)
        kept = [parameter for parameter in test.parameters if parameter.name != EXAMPLE]
        test.parameters = kept + [Parameter(name=name, value=value) for name, value in example.items()]
        test.name = scenario.name
        test.description = description_of(scenario, shown)
        # allure-pytest itself makes tags of the markers that carry no arguments.
        tags = sorted(tags_of(scenario) - {marker.name for marker in item.iter_markers()})
        labels = [*labels_of(scenario, shown), *((LabelType.TAG, tag) for tag in tags)]
        test.labels.extend(Label(name=name, value=value) for name, value in labels)
