"""Gherkin in Allure's results, read back from a real pytest of its own."""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from hadrill.reports.tests.sample_run import write_mixed

FEATURE = """
@own
Feature: Failover
  What a feature says of itself.

  @HA-4
  Rule: A faulty primary is replaced

    What a <b>rule</b> says of *itself*.

    @smoke
    Scenario: All goes well
      Given a pair on
        | rack | zone |
        | a-1  | <b>  |
      When the primary is killed
      Then it is fine

    Scenario: A promise is broken
      When an assertion fails
      Then it is fine

    Scenario: An instrument breaks
      When an error is raised

    Scenario: A step skips
      When pytest skips
      Then it is fine

    Scenario: A capability is lacking
      When a capability is lacking

    Scenario: A sentence is unknown
      When nobody knows this
      Then it is fine

    Scenario Outline: The <role> is killed
      When the <role> is killed

      Examples:
        | role      |
        | primary   |
        | secondary |

    Scenario: The set-up breaks
      Given a site that cannot be built
"""
CONFTEST = """
from pathlib import Path

import pytest
from pytest_bdd import given, parsers, then, when

from hadrill.harness.errors import NotAddressed
from hadrill.reports.allure_bridge import AllureBridge
from hadrill.reports.tests.sample_run import REQUIREMENTS


def pytest_configure(config):
    bridge = AllureBridge({one.id: one for one in REQUIREMENTS})
    config.pluginmanager.register(bridge, "bridge")


@pytest.fixture
def site():
    yield "site"


@pytest.fixture
def no_site():
    raise OSError("no room")


@pytest.fixture(autouse=True)
def evidence(request):
    yield
    run = Path("run").resolve()
    if request.node.name == "test_all_goes_well":
        request.config.pluginmanager.getplugin("bridge").attach(run, "ha-4-killed")
    if request.node.name == "test_a_promise_is_broken":
        request.config.pluginmanager.getplugin("bridge").attach(run / "gone", "ha-4-killed")


@given("a pair on")
def pair(site, datatable):
    assert datatable[1] == ["a-1", "<b>"]


@given("a site that cannot be built")
def site_that_cannot_be_built(no_site): ...


@when(parsers.parse("the {role} is killed"))
def kill(role): ...


@when("an assertion fails")
def fail():
    assert 1 == 2, "three writes are lost"


@when("an error is raised")
def error():
    raise OSError("the proxy is gone")


@when("pytest skips")
def skip():
    pytest.skip("not today")


@when("a capability is lacking")
def lack():
    raise NotAddressed("no read-only instances here")


@then("it is fine")
def fine(): ...
"""

Result = Mapping[str, Any]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which pytest ran the feature above with Allure results asked for."""
    folder = tmp_path_factory.mktemp("bridge")
    write_mixed(folder / "run")
    (folder / "failover.feature").write_text(FEATURE)
    (folder / "conftest.py").write_text(CONFTEST)
    (folder / "test_failover.py").write_text("from pytest_bdd import scenarios\n\nscenarios('failover.feature')\n")
    (folder / "pytest.ini").write_text("[pytest]\naddopts = -p no:cacheprovider\n")
    command = [sys.executable, "-m", "pytest", "-q", "--alluredir", "results"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1, done.stdout + done.stderr
    return folder


@pytest.fixture(scope="module")
def results(folder: Path) -> dict[str, Result]:
    """Allure's results by the test's name, one of each name."""
    found = [json.loads(path.read_text()) for path in (folder / "results").glob("*-result.json")]
    return {f"{one['name']} {_example(one)}".strip(): one for one in found}


def _example(result: Result) -> str:
    return " ".join(parameter["value"] for parameter in result.get("parameters", ()))


def steps(result: Result) -> list[tuple[str, str]]:
    """Names and statuses of a test's steps."""
    return [(step["name"], step["status"]) for step in result.get("steps", ())]


def labels(result: Result, name: str) -> list[str]:
    """Values of a label, sorted."""
    return sorted(label["value"] for label in result["labels"] if label["name"] == name)


def test_steps_are_shown_in_gherkins_words(results: Mapping[str, Result]) -> None:
    """Keyword and text, in order, nested in the test."""
    assert [
        ("Given a pair on", "passed"),
        ("When the primary is killed", "passed"),
        ("Then it is fine", "passed"),
    ] == steps(results["All goes well"])


@pytest.mark.parametrize(
    ("name", "status", "expected"),
    [
        (
            "A promise is broken",
            "failed",
            [("When an assertion fails", "failed"), ("Then it is fine", "skipped")],
        ),
        ("An instrument breaks", "broken", [("When an error is raised", "broken")]),
        ("A step skips", "skipped", [("When pytest skips", "skipped"), ("Then it is fine", "skipped")]),
        ("A capability is lacking", "broken", [("When a capability is lacking", "skipped")]),
        (
            "A sentence is unknown",
            "broken",
            [("When nobody knows this", "broken"), ("Then it is fine", "skipped")],
        ),
        ("The set-up breaks", "broken", [("Given a site that cannot be built", "broken")]),
    ],
)
def test_each_end_of_a_step_has_its_status(
    results: Mapping[str, Result], name: str, status: str, expected: list[tuple[str, str]]
) -> None:
    """Assertions fail, other errors break, steps that were not reached are shown as skipped."""
    assert (status, expected) == (results[name]["status"], steps(results[name]))


def test_a_failed_step_carries_its_message(results: Mapping[str, Result]) -> None:
    """So that one need not look for it."""
    assert "three writes are lost" in results["A promise is broken"]["steps"][0]["statusDetails"]["message"]


def test_steps_have_their_times(results: Mapping[str, Result]) -> None:
    """Within those of the test, in order."""
    result = results["All goes well"]
    times = [moment for step in result["steps"] for moment in (step["start"], step["stop"])]
    assert sorted(times) == times
    assert result["start"] <= times[0] <= times[-1] <= result["stop"]


@pytest.mark.parametrize("name", ["All goes well", "The set-up breaks"])
def test_a_scenario_is_filed_by_document_feature_and_rule(results: Mapping[str, Result], name: str) -> None:
    """With severity and requirement, even where it never began."""
    result = results[name]
    assert {
        "epic": ["High availability"],
        "feature": ["Failover"],
        "story": ["A faulty primary is replaced"],
        "severity": ["blocker"],
        "requirement": ["HA-4"],
        "parentSuite": ["High availability"],
        "suite": ["Failover"],
        "subSuite": ["A faulty primary is replaced"],
    } == {
        kind: labels(result, kind)
        for kind in ("epic", "feature", "story", "severity", "requirement", "parentSuite", "suite", "subSuite")
    }


def test_tags_are_shown_once(results: Mapping[str, Result]) -> None:
    """Those of the scenario, the rule and the feature."""
    assert ["HA-4", "own", "smoke"] == labels(results["All goes well"], "tag")


def test_the_description_tells_promise_feature_and_rule(results: Mapping[str, Result]) -> None:
    """And no path of this machine; what it says is text, no markup."""
    assert (
        "- **HA-4** (ha, Failover): A faulty primary is replaced without anyone asking\n\n"
        "What a feature says of itself.\n\nWhat a \\<b\\>rule\\</b\\> says of \\*itself\\*."
    ) == results["All goes well"]["description"]


def test_each_row_of_an_outline_is_a_test_of_its_own(results: Mapping[str, Result]) -> None:
    """With the row's values as parameters and in the name, and a history of its own."""
    rows = [results[f"The {role} is killed {role}"] for role in ("primary", "secondary")]
    assert [[{"name": "role", "value": "primary"}], [{"name": "role", "value": "secondary"}]] == [
        row["parameters"] for row in rows
    ]
    assert 2 == len({row["historyId"] for row in rows})


def test_a_table_is_attached_to_its_step(folder: Path, results: Mapping[str, Result]) -> None:
    """As CSV, which no viewer takes for markup."""
    (attachment,) = results["All goes well"]["steps"][0]["attachments"]
    assert ("table", "text/csv") == (attachment["name"], attachment["type"])
    assert ["rack,zone", "a-1,<b>"] == (folder / "results" / attachment["source"]).read_text().splitlines()


def test_set_up_and_tear_down_are_shown_by_their_fixtures_names(folder: Path) -> None:
    """And nothing that pytest and pytest-bdd add for themselves."""
    containers = [json.loads(path.read_text()) for path in (folder / "results").glob("*-container.json")]
    befores = {before["name"] for one in containers for before in one.get("befores", ())}
    afters = {after["name"] for one in containers for after in one.get("afters", ())}
    assert ({"site", "no_site", "evidence"}, {"site", "evidence"}) == (befores, afters)


def test_evidence_is_attached_to_the_test_itself(folder: Path, results: Mapping[str, Result]) -> None:
    """Though it came in tear-down: the judgements as plain text, the timeline as a picture."""
    attached = {one["name"]: one for one in results["All goes well"]["attachments"]}
    assert {"judgements": "text/plain", "timeline": "image/png"} == {
        name: one["type"] for name, one in attached.items()
    }
    text = (folder / "results" / attached["judgements"]["source"]).read_text()
    assert "outage (HA-4): pass\n  measured: time to writes again: 0.603 s ± 0.012, objective <= 3 s" in text


def test_evidence_that_cannot_be_shown_is_said_to_be_so(results: Mapping[str, Result]) -> None:
    """A damaged record never breaks the test that it belongs to."""
    names = [one["name"] for one in results["A promise is broken"]["attachments"]]
    assert ["no evidence could be shown"] == names
