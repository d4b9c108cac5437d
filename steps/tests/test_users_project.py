"""What the plugin does in a user's own project, seen in one run of it."""

import json
import subprocess
from typing import Any
from xml.etree import ElementTree as ET

import pytest

OWN = "features/own.feature::"


@pytest.fixture(scope="module")
def done(users_project: Any) -> subprocess.CompletedProcess[str]:
    """The whole project run once."""
    result: subprocess.CompletedProcess[str] = users_project.pytest("--hadrill", "-vv", "--junitxml", "junit.xml")
    return result


def test_the_drills_verdict_is_the_exit_code(done: subprocess.CompletedProcess[str]) -> None:
    """A broken promise outranks what has no verdict."""
    assert done.returncode == 1


def test_no_verdict_is_no_failure(users_project: Any) -> None:
    """Where pytest itself would say that a test failed, a drill without a verdict ends with 2."""
    assert users_project.pytest("--hadrill", "-k", "instrument or lacking", "--hadrill-output", "other").returncode == 2


def test_a_scenario_is_shown_where_it_stands(done: subprocess.CompletedProcess[str]) -> None:
    """Node ids begin with the feature file; a scenario that a test module binds is told from where."""
    assert f"{OWN}test_a_limit PASSED" in done.stdout
    assert "test_bound.py::test_bound <- features/bound.feature PASSED" in done.stdout


def test_a_bound_scenario_runs_once(done: subprocess.CompletedProcess[str]) -> None:
    """A feature that a test module binds is not collected from its file as well; plain tests run beside."""
    assert done.stdout.count("::test_bound ") == 1
    assert "test_bound.py::test_plain PASSED" in done.stdout


def test_each_ending_has_its_status(done: subprocess.CompletedProcess[str], users_project: Any) -> None:
    """Assertions fail, lacking capabilities are not addressed, everything else is broken."""
    assert done.returncode
    ended = {event.scenario: (event.data["status"], event.data["reason"]) for event in users_project.seen("ended")}
    assert ended == {
        "own-a-limit": ("passed", ""),
        "own-it-ends-in-its-own-way-all-is-well": ("passed", ""),
        "own-it-ends-in-its-own-way-a-promise-is-broken": ("failed", "two primaries were seen"),
        "own-it-ends-in-its-own-way-an-instrument-fails": ("broken", "Toxiproxy ended"),
        "own-it-ends-in-its-own-way-a-capability-is-lacking": ("not addressed", "the service has no zones"),
        "own-it-ends-in-its-own-way-there-is-a-bug": ("broken", "ZeroDivisionError: division by zero"),
        "own-it-breaks-afterwards": ("broken", "RuntimeError: the heal failed"),
        "own-a-limit-2": ("passed", ""),
        "bound-bound": ("passed", ""),
    }


def test_steps_are_journalled(done: subprocess.CompletedProcess[str], users_project: Any) -> None:
    """Each step that ran stands in the journal with its status."""
    assert done.returncode
    steps = [
        (event.data["keyword"], event.data["text"], event.data["status"])
        for event in users_project.seen("step")
        if event.scenario == "own-it-ends-in-its-own-way-an-instrument-fails"
    ]
    assert steps == [
        ("When", "nothing is done", "passed"),
        ("Then", "an instrument fails for hunter2", "broken"),
    ]


def test_the_plan_says_what_each_scenario_shows(done: subprocess.CompletedProcess[str], users_project: Any) -> None:
    """Requirements come from the tags of scenario, Rule and feature; tags of Examples count."""
    assert done.returncode
    plan = json.loads((users_project.run / "plan.json").read_text())
    scenario = next(each for each in plan["scenarios"] if each["id"].endswith("all-is-well"))
    assert scenario == {
        "id": "own-it-ends-in-its-own-way-all-is-well",
        "title": "It ends in its own way (all is well)",
        "feature": "features/own.feature",
        "line": 10,
        "clauses": ["HA-4"],
        "tags": ["HA-4", "ha", "nightly"],
        "timed": False,
        "begins": [],
    }


def test_a_finished_run_is_closed_and_reported(done: subprocess.CompletedProcess[str], users_project: Any) -> None:
    """Closing line, result and table are there, though scenarios failed."""
    result = json.loads((users_project.run / "result.json").read_text())
    assert users_project.journal[-1].kind.value == "closed"
    assert (result["run"]["finished"], result["clauses"]["HA-4"]["verdict"]) == (True, "fail")
    assert "Scenarios that did not pass" in done.stdout


def test_no_argument_of_a_step_is_told(done: subprocess.CompletedProcess[str], users_project: Any) -> None:
    """Tracebacks show no arguments, among which passwords could be, and no frames of pytest's machinery."""
    failures = ET.parse(users_project.folder / "junit.xml").findall(".//failure")  # noqa: S314 - our own file
    texts = [failure.text or "" for failure in failures]
    assert len(texts) == 3
    assert not any("secret =" in text or "pluggy" in text for text in texts)
    assert "secret = " not in done.stdout


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        (["-m", "HA-4 and not nightly"], [f"{OWN}test_a_limit", f"{OWN}test_it_breaks_afterwards"]),
        (["-m", "not drill"], ["test_bound.py::test_plain"]),
        ([f"{OWN}test_a_limit"], [f"{OWN}test_a_limit"]),
    ],
)
def test_pytests_own_selection_works(users_project: Any, selection: list[str], expected: list[str]) -> None:
    """Tags are markers, scenarios are tests; collecting alone begins no run."""
    before = users_project.runs
    listed = users_project.pytest("--hadrill", "--collect-only", "-q", *selection).stdout
    assert [line for line in listed.splitlines() if "::" in line] == expected
    assert users_project.runs == before
