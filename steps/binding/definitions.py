"""Steps without a definition, or with one that pytest-bdd would not run, found before anything runs."""

import inspect
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from pytest_bdd.parser import Step
from pytest_bdd.scenario import find_fixturedefs_for_step
from pytest_bdd.steps import step_function_context_registry

from hadrill.steps.binding.items import rendered
from hadrill.steps.binding.lint import Problem


def undefined_steps(items: Iterable[pytest.Item], shown: Callable[[Path], str]) -> list[Problem]:
    """What is wrong with the definitions of the scenarios' steps, each place once.

    Args:
        items: scenarios.
        shown: a feature file's path as people name it.
    """
    found: dict[Problem, None] = {}
    faults: dict[tuple[pytest.Item | pytest.Collector | None, str, str], str] = {}
    for item in items:
        scenario = rendered(item)
        for step in scenario.steps:
            key = (item.parent, step.type, step.name)
            if key not in faults:
                faults[key] = _fault(step, item)
            if faults[key]:
                found[Problem(shown(Path(scenario.feature.filename)), step.line_number, faults[key])] = None
    return list(found)


def _fault(step: Step, item: pytest.Item) -> str:
    manager = item.session._fixturemanager  # noqa: SLF001 - pytest-bdd keeps definitions there; pytest has no other way
    definitions = list(find_fixturedefs_for_step(step, manager, item))
    if not definitions:
        return f"nothing defines the step: {step.keyword} {step.name}"
    functions = [step_function_context_registry[definition.func].step_func for definition in definitions]
    if any(inspect.iscoroutinefunction(each) or inspect.isasyncgenfunction(each) for each in functions):
        return f"the definition of this step is asynchronous: pytest-bdd would not run it: {step.keyword} {step.name}"
    return ""
