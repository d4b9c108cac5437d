"""Steps without a definition, or with one that pytest-bdd would not run, found before anything runs."""

import inspect
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import pytest
from pytest_bdd.parser import Step
from pytest_bdd.scenario import find_fixturedefs_for_step
from pytest_bdd.steps import StepFunctionContext, step_function_context_registry

from hadrill.steps.binding.items import rendered
from hadrill.steps.binding.lint import Problem
from hadrill.steps.binding.numbers import number_fault


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
    definitions = find_fixturedefs_for_step(step, manager, item)
    fault = fault_of([step_function_context_registry[definition.func] for definition in definitions], step.name)
    return f"{fault}: {step.keyword} {step.name}" if fault else ""


def fault_of(definitions: Sequence[StepFunctionContext], sentence: str) -> str:
    """What is wrong with the definitions that take a sentence; empty where nothing is."""
    if not definitions:
        return "nothing defines the step"
    functions = [definition.step_func for definition in definitions]
    if any(inspect.iscoroutinefunction(each) or inspect.isasyncgenfunction(each) for each in functions):
        return "the definition of this step is asynchronous: pytest-bdd would not run it"
    return next(filter(None, (number_fault(definition, sentence) for definition in definitions)), "")
