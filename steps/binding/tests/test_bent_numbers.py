"""Numbers in our sentences, bent: what a definition takes can be had, and all else is refused in a sentence."""

import importlib
import re
from collections.abc import Callable
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_bdd.steps import StepFunctionContext, step_function_context_registry

from hadrill.harness.drill.catalogue import packaged_features
from hadrill.harness.drill.period import period_from_now
from hadrill.steps.binding.definitions import fault_of
from hadrill.steps.subjects import step_modules

NUMBER: Final = re.compile(r"(?<= )\d+(?= (?:seconds|hours)$)")
LINES: Final = {
    line.strip().partition(" ")[2]
    for path in packaged_features().rglob("*.feature")
    for line in path.read_text(encoding="utf-8").splitlines()
    if NUMBER.search(line)
}
SENTENCES: Final = sorted({NUMBER.sub("{}", line) for line in LINES})
SIGNS: Final = ("99999999999", "-1", "86399", "86400", "23", "24", "+5", "0x10", "0b1", "1e9", "nan", "9" * 5000, "٣")
ODD: Final = st.sampled_from(SIGNS) | st.integers().map(str) | st.text(max_size=8)


def definitions(sentence: str) -> list[StepFunctionContext]:
    """Ours that have a number and may take it."""
    for module in step_modules():
        importlib.import_module(module)
    every = list(step_function_context_registry.values())
    return [one for one in every if "{count" in str(getattr(one.parser, "name", "")) and _about(one, sentence)]


def _about(definition: StepFunctionContext, sentence: str) -> bool:
    return definition.parser.is_matching(sentence.format(3))


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_bent_number_is_taken_or_refused_in_a_sentence(sentence: str) -> None:
    """Before anything runs; no day is so long that a period could begin then."""
    (definition,) = definitions(sentence)

    @settings(deadline=None, derandomize=True, database=None)
    @given(ODD)
    def every(number: str) -> None:
        said = sentence.format(number)
        fault = fault_of([definition] if definition.parser.is_matching(said) else [], said)
        assert not fault or len(fault.split()) > 3
        if not fault:
            (value,) = (definition.parser.parse_arguments(said) or {}).values()
            _can_be_had(definition.step_func, int(value))

    every()


@pytest.mark.parametrize("limit", ["inf", "-INF", "nan", "1e999"])
def test_a_limit_that_is_not_finite_is_refused(limit: str) -> None:
    """It would hold, or not, whatever the objective is."""
    importlib.import_module("hadrill.steps.objectives")
    known = step_function_context_registry.values()
    (definition,) = [one for one in known if "{limit" in str(getattr(one.parser, "name", ""))]
    assert fault_of([definition], 'the objective "switch" allows at most 2.5 s') == ""
    assert "has to be a finite number" in fault_of([definition], f'the objective "switch" allows at most {limit} s')


def _can_be_had(step: Callable[..., object], count: int) -> None:
    """As what the step does with it would."""
    if "period" in step.__name__:
        seconds = count * (3600 if "hours" in step.__name__ else 1)
        assert 0 <= period_from_now(seconds, 10).waits_s <= 24 * 3600 + 1
    else:
        assert 1 <= count <= 3600
