"""``hadrill sabotage`` from outside the clone, on a feature that needs no servers, with sabotages of a user's own."""

import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from hadrill.harness.checks.registry import ON_SIGHT
from hadrill.harness.cli import sabotaging
from hadrill.harness.cli.main import main
from hadrill.harness.sabotage.judge import NOT_CHOSEN
from hadrill.harness.wait import NotYet, until

COMMAND = (sys.executable, "-c", "import sys; from hadrill.harness.cli.main import main; sys.exit(main())")
LIMIT_S = 120.0
FOUR_DRILLS_S = 300.0
FEATURE = """
Feature: Our own
  @HA-4
  Rule: It fails over

    Scenario: It finds a breach
      When somebody breaks a promise
      Then the objective "switch" allows at most 2 s

    Scenario: It finds a limit that is too high
      When nothing is done
      Then the objective "switch" allows at most 0.5 s

    Scenario: It waits
      When it waits
      Then the objective "switch" allows at most 2 s

    Scenario: It finds nothing
      When nothing is done
      Then the objective "switch" allows at most 2 s
"""
STEPS = """
import pathlib
import signal

from pytest_bdd import when

@when("it waits")
def waits():
    pathlib.Path("here").touch()
    while True:
        signal.pause()

@when("nothing is done")
def nothing():
    pass

@when("somebody breaks a promise")
def breaks():
    assert False, "two primaries were seen"
"""
OWN = """
version: 1
sabotages:
  sleepy:
    breaks: HA-4
    decision: fails_over
    value: false
    why: nobody takes over
    must:
      MUST
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with a feature and its steps; the sabotages are written by each test."""
    (tmp_path / "conftest.py").write_text(STEPS)
    (tmp_path / "own.feature").write_text(FEATURE)
    return tmp_path


def start(project: Path, must: str, *arguments: str) -> subprocess.Popen[str]:
    """Begin to drill a service that must be caught like that."""
    (project / "own.yaml").write_text(OWN.replace("MUST", must))
    options = ("sabotage", "--sabotage-file", "own.yaml", "--features", "own.feature", *arguments)
    return subprocess.Popen(
        (*COMMAND, *options), cwd=project, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def call(project: Path, must: str, *arguments: str) -> tuple[int, str]:
    """Drill a service that must be caught like that: the exit code, and what was said."""
    with start(project, must, *arguments) as child:
        said, _ = child.communicate(timeout=LIMIT_S)
    return child.returncode, said


def matrix(project: Path) -> dict[str, Any]:
    """The one that was written."""
    (path,) = (project / "hadrill-runs").glob("*/matrix.json")
    read: dict[str, Any] = json.loads(path.read_text())
    return read


def outcomes(project: Path) -> dict[str, str]:
    """By scenario."""
    return {cell["scenario"]: cell["outcome"] for cell in matrix(project)["rows"][0]["cells"]}


@pytest.mark.e2e
def test_it_is_caught_by_whom_it_names(project: Path) -> None:
    """No other scenario runs; the matrix is printed, and stands beside the run in its folder, with its page."""
    code, said = call(project, "its steps: It finds a breach")
    assert code == 0, said
    assert "sleepy: caught by 1 of 1" in said
    assert "hadrill: 1 of 1 sabotages caught as declared" in said
    assert outcomes(project) == {"It finds a breach": "caught"}
    (row,) = matrix(project)["rows"]
    (page,) = (project / "hadrill-runs").glob("*/matrix.html")
    assert json.loads((page.parent / row["run"] / "result.json").read_text())["run"]["sabotage"] == "sleepy"


@pytest.mark.e2e
@pytest.mark.parametrize(
    ("must", "told"),
    [
        ("outage: It finds nothing", "'It finds nothing' passed, and should have failed by outage"),
        ("lost writes: It finds a breach", "'It finds a breach' failed by its steps, not by lost writes"),
    ],
)
def test_it_is_not_caught_as_declared(project: Path, must: str, told: str) -> None:
    """Missed, or caught for another reason."""
    code, said = call(project, must)
    assert (code, told in " ".join(said.split())) == (1, True)


@pytest.mark.e2e
def test_on_the_whole_all_others_must_pass(project: Path) -> None:
    """One that fails and is named nowhere is told."""
    (project / "own.feature").write_text(FEATURE.replace("When it waits", "When nothing is done"))
    code, _ = call(project, "its steps: It finds a breach", "--whole")
    assert code == 1
    assert outcomes(project) == {
        "It finds a breach": "caught",
        "It finds a limit that is too high": "failed though it must pass",
        "It waits": "passed",
        "It finds nothing": "passed",
    }


@pytest.mark.e2e
def test_on_the_whole_of_several_only_who_asks_for_the_decision_is_run(tmp_path: Path) -> None:
    """A drill of the true service shows it; each of these three decisions is another scenario's alone."""
    names = ("switch-on-basic", "downgrade-allowed", "release-leaves-servers")
    options = ("--whole", "--tags", "@SW-6 or @HA-13", "--output", str(tmp_path / "hadrill-runs"))
    arguments = (*COMMAND, "sabotage", *names, *options)
    done = subprocess.run(arguments, capture_output=True, timeout=FOUR_DRILLS_S, check=False)
    assert done.returncode == 0, done.stdout.decode()
    read = matrix(tmp_path)
    assert [sorted(cell["outcome"] for cell in row["cells"]) for row in read["rows"]] == [
        ["caught", "never asks for the decision", "never asks for the decision"]
    ] * len(names)
    assert [*(tmp_path / "hadrill-runs").glob(f"*/{read['true_run']}/result.json")]


@pytest.mark.e2e
def test_it_was_not_shown_where_none_of_its_scenarios_ran(project: Path) -> None:
    """The tags leave none of them over."""
    code, _ = call(project, "its steps: It finds a breach", "--tags", "@SW-1")
    assert (code, outcomes(project)) == (2, {"It finds a breach": "not run"})


@pytest.mark.e2e
def test_a_scenario_that_tags_leave_out_is_no_catch(project: Path) -> None:
    """The other one is caught; the sabotage is not caught as declared, and the command says why."""
    (project / "own.feature").write_text(FEATURE.replace("    Scenario: It waits", "    @SW-1\n    Scenario: It waits"))
    code, said = call(project, "its steps: [It finds a breach, It waits]", "--tags", "not @SW-1")
    assert (code, outcomes(project)) == (2, {"It finds a breach": "caught", "It waits": "not run"})
    assert f"'It waits' did not run, and should have failed by its steps: {NOT_CHOSEN}" in " ".join(said.split())
    assert "0 of 1 sabotages caught as declared" in said


@pytest.mark.e2e
def test_what_was_interrupted_is_not_finished(project: Path) -> None:
    """The matrix says so, and nothing is made of what was seen until then."""
    with start(project, "outage: It waits") as child:
        until(lambda: (project / "here").exists() or NotYet("nobody is there"), "the step", timeout_s=LIMIT_S)
        child.send_signal(signal.SIGINT)
        said, _ = child.communicate(timeout=LIMIT_S)
    assert (child.returncode, "0 of 1 sabotages caught as declared, not finished" in said) == (3, True), said
    assert (matrix(project)["ended"], outcomes(project)) == (None, {"It waits": "not run"})


@pytest.mark.e2e
def test_a_signal_while_reports_are_written_is_not_lost(project: Path) -> None:
    """That drill is over, and stands in the matrix; no other one is begun."""
    interrupting = "import os\ndef pytest_hadrill_publishing():\n    os.kill(os.getpid(), signal.SIGTERM)\n"
    (project / "conftest.py").write_text(STEPS + interrupting)
    second = "  dozy:\n    decision: takes_back\n    value: false\n    must:\n      its steps: It finds a breach"
    code, said = call(project, f"its steps: It finds a breach\n{second}")
    assert (code, "1 of 2 sabotages caught as declared, not finished" in said) == (3, True), said
    assert [row["sabotage"] for row in matrix(project)["rows"]] == ["sleepy"]


@pytest.mark.parametrize(
    ("was", "wrong", "told"),
    [
        ("fails_over", "sleeps", "there is no decision 'sleeps' to change; there are: wait_for_secondary, "),
        ("It finds a breach", "It finds a breech", "the nearest is 'It finds a breach'"),
        ("its steps", "outages", "there is no check 'outages'; there are: accepted, "),
    ],
)
def test_what_is_not_there_is_refused_before_anything_runs(
    project: Path, was: str, wrong: str, told: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A wrong call, with what there is."""
    monkeypatch.chdir(project)
    text = OWN.replace("MUST", "its steps: It finds a breach").replace(was, wrong)
    (project / "own.yaml").write_text(text)
    assert main(["sabotage", "--sabotage-file", "own.yaml", "--features", "own.feature"]) == 4
    assert told in capsys.readouterr().err
    assert not (project / "hadrill-runs").exists()


def test_a_scenario_without_a_sabotage_fails_the_whole_catalogue(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Before anything is drilled."""
    monkeypatch.setattr(sabotaging, "titles_in", lambda _: ("A zone is lost", "A new promise"))
    assert main(["sabotage", "all", "--output", str(tmp_path / "runs")]) == 1
    assert capsys.readouterr().err == "hadrill: no sabotage must fail 'A new promise': it was never seen to fail\n"
    assert not (tmp_path / "runs").exists()


def test_a_check_that_nothing_trips_fails_the_whole_catalogue(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Before anything is drilled."""
    monkeypatch.setattr(sabotaging, "ON_SIGHT", {**ON_SIGHT, "a new check": ON_SIGHT["durable"]})
    assert main(["sabotage", "all", "--output", str(tmp_path / "runs")]) == 1
    told = "hadrill: no scenario must fail by a new check on any sabotage, and nothing says why\n"
    assert capsys.readouterr().err == told
    assert not (tmp_path / "runs").exists()
