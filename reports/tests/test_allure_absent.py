"""What did not end is in Allure's results, and never as passed."""

import json
from pathlib import Path

import pytest

from hadrill.harness.model.verdict import Verdict
from hadrill.reports.allure_absent import UNKNOWN, absent, write_absent
from hadrill.reports.result import build_result
from hadrill.reports.schema import Result


@pytest.fixture
def cut_short(mixed_run: Path) -> Result:
    """Its first scenario never began."""
    result = build_result(mixed_run)
    first, *others = result.scenarios
    waiting = first.model_copy(update={"status": "", "verdict": Verdict.NOT_RUN, "reason": "never began"})
    return result.model_copy(update={"scenarios": (waiting, *others)})


def test_what_never_ended_is_unknown_and_says_why(cut_short: Result) -> None:
    """With its requirements; what ended has a result of its own."""
    waiting = cut_short.scenarios[0]

    (found,) = absent(cut_short, {"something else"})
    assert (found["name"], found["status"]) == (waiting.title, UNKNOWN)
    assert found["statusDetails"] == {"message": "not run: never began"}
    assert [label["value"] for label in found["labels"]] == list(waiting.clauses)
    assert not list(absent(cut_short, {waiting.title}))


def test_they_stand_beside_the_others_once(mixed_run: Path, cut_short: Result) -> None:
    """However often the reports are made; where Allure was not asked for there are none."""
    results = mixed_run / "allure-results"
    assert write_absent(mixed_run, cut_short) == ()
    results.mkdir()
    (results / "1-result.json").write_text(json.dumps({"name": "something else"}))

    assert len(write_absent(mixed_run, cut_short)) == 1
    assert write_absent(mixed_run, cut_short) == ()
    assert len(list(results.glob("*-result.json"))) == 2
