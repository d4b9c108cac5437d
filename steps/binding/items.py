"""What pytest collected, as scenarios of a plan."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from itertools import takewhile
from pathlib import Path

import pytest
from pytest_bdd.parser import Scenario, ScenarioTemplate
from pytest_bdd.scenario import scenario_wrapper_template_registry
from pytest_bdd.types import GIVEN

from hadrill.harness.drill.catalogue import packaged_features
from hadrill.harness.drill.objectives import Objectives
from hadrill.harness.drill.plan import PlannedScenario
from hadrill.steps.binding.taken_tags import OF_PYTEST
from hadrill.steps.binding.timed import judges_a_time
from hadrill.steps.binding.titles import told_apart

DRILL = "drill"
NO_TAGS = frozenset({DRILL, *OF_PYTEST})
LONGEST_ID = 80


def template_of(item: pytest.Item) -> ScenarioTemplate | None:
    """The scenario, before a row of its Examples is filled in; None for a test that is no scenario."""
    if not isinstance(item, pytest.Function):
        return None
    return scenario_wrapper_template_registry.get(item.function)


def rendered(item: pytest.Item) -> Scenario:
    """The scenario that an item runs, with its row of the Examples filled in."""
    template = template_of(item)
    assert template is not None, f"{item.nodeid} is a test, not a scenario"
    return template.render(_row(item))


def title_of(item: pytest.Item) -> str:
    """What a scenario is called in plan and reports."""
    template = template_of(item)
    assert template is not None, f"{item.nodeid} is a test, not a scenario"
    return told_apart(template.name, rendered(item).name, _row(item))


def planned(items: Iterable[pytest.Item], known: Collection[str], objectives: Objectives) -> dict[str, PlannedScenario]:
    """By node id, what each scenario is called in plan, journal and reports.

    Args:
        items: scenarios, in the order in which pytest collected them.
        known: ids of the requirements.
        objectives: by name.
    """
    plans: dict[str, PlannedScenario] = {}
    taken: set[str] = set()
    for item in items:
        plan = _planned(item, known, objectives)
        name = next(name for name in _numbered(plan.id) if name not in taken)
        taken.add(name)
        plans[item.nodeid] = replace(plan, id=name)
    return plans


def _planned(item: pytest.Item, known: Collection[str], objectives: Objectives) -> PlannedScenario:
    scenario = rendered(item)
    file = Path(scenario.feature.filename)
    tags = sorted({mark.name for mark in item.iter_markers()} - NO_TAGS)
    title = title_of(item)
    return PlannedScenario(
        id=slug(f"{file.stem} {title}"),
        title=title,
        feature=_without_machine(file, item.config.rootpath),
        line=scenario.line_number,
        clauses=tuple(clause for clause in known if clause in tags),
        tags=tuple(tags),
        timed=judges_a_time((step.name for step in scenario.steps), objectives),
        begins=tuple(step.name for step in takewhile(lambda step: step.type == GIVEN, scenario.steps)),
    )


def _row(item: pytest.Item) -> Mapping[str, str]:
    callspec = getattr(item, "callspec", None)
    row: Mapping[str, str] = callspec.params.get("_pytest_bdd_example", {}) if callspec else {}
    return row


def slug(text: str) -> str:
    """Never empty: a title in Chinese letters has none that a file's name takes everywhere."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:LONGEST_ID].rstrip("-") or "scenario"


def _numbered(name: str) -> Iterable[str]:
    yield name
    number = 2
    while True:
        yield f"{name}-{number}"
        number += 1


def _without_machine(file: Path, root: Path) -> str:
    """The path below hadrill's own features or below the directory that pytest runs in; else the file's name."""
    for base in (packaged_features().parent, root):
        if file.is_relative_to(base):
            return str(file.relative_to(base))
    return file.name
