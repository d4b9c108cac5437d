"""``hadrill drill`` from outside the clone, on a feature that needs no servers."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.e2e

FEATURE = """
Feature: Our own
  @HA-4
  Rule: It fails over
    @smoke
    Scenario: A limit that we count on
      When nothing is done
      Then the objective "switch" allows at most 2 s
    @strict
    Scenario: A limit that is not kept
      When nothing is done
      Then the objective "switch" allows at most 0.5 s
"""
STEPS = """
from pytest_bdd import when

@when("nothing is done")
def nothing():
    pass
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with a feature, its step, and a configuration of pytest's that would get in the way."""
    (tmp_path / "own.feature").write_text(FEATURE)
    (tmp_path / "conftest.py").write_text(STEPS)
    (tmp_path / "pytest.ini").write_text("[pytest]\naddopts = --no-such-option\n")
    return tmp_path


def hadrill(project: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run the command in the folder."""
    program = "import sys; from hadrill.harness.cli.main import main; sys.exit(main())"
    environ = os.environ | {"PYTEST_ADDOPTS": "--no-such-option", "COLUMNS": "100"} | variables
    return subprocess.run(
        [sys.executable, "-c", program, *arguments],
        cwd=project,
        env=environ,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def test_a_drill_ends_with_table_and_reports(project: Path) -> None:
    """One line a scenario, the table, where the reports are; everything of a run is the owner's alone."""
    done = hadrill(project, "drill", "--features", "own.feature", "--seed", "12")
    run = (project / "hadrill-runs" / "latest").resolve()
    result = json.loads((run / "result.json").read_text())
    assert (done.returncode, result["exit_code"], result["run"]["seed"]) == (1, 1, 12)
    assert "1/2  pass" in done.stdout
    assert "2/2  fail" in done.stdout
    assert str(run / "result.json") in done.stdout
    assert {"plan.json", "journal.jsonl", "result.json", "junit.xml", "summary.html", "allure-results"} <= {
        path.name for path in run.iterdir()
    }
    assert [path for path in run.rglob("*") if path.stat().st_mode & 0o077] == []


def test_tags_select(project: Path) -> None:
    """A drill of what was selected passes, though the rest would fail."""
    done = hadrill(project, "drill", "--features", ".", "--tags", "@smoke and not @strict")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1/1  pass" in done.stdout


def test_tags_that_select_nothing_are_a_wrong_call(project: Path) -> None:
    """The tags that there are get listed, and no folder is left."""
    done = hadrill(project, "drill", "--features", "own.feature", "--tags", "@smok")
    assert (done.returncode, done.stdout) == (4, "")
    assert done.stderr == "hadrill: no scenario has the tags '@smok'; there are: @HA-4, @smoke, @strict\n"
    assert not (project / "hadrill-runs").exists()


def test_faults_of_form_are_told_by_hadrill(project: Path) -> None:
    """Each in a line of its own, with the command's name before it."""
    (project / "bad.feature").write_text("Feature: F\n@HA-99\nScenario: A\nWhen nothing is done\n")
    done = hadrill(project, "drill", "--features", "bad.feature")
    assert (done.returncode, done.stdout) == (4, "")
    assert done.stderr == (
        "hadrill: bad.feature:2: @HA-99 is no requirement of the catalogue\n"
        "hadrill: bad.feature:3: this scenario has no Then: it would pass whatever happens\n"
    )


def test_what_the_machine_refuses_is_told_once(project: Path) -> None:
    """A stage that cannot be had ends the drill with 4 and a line, without a table."""
    (project / "conftest.py").write_text(STEPS.replace("def nothing():", "def nothing(drill):"))
    done = hadrill(project, "drill", "--features", "own.feature", TMPDIR="/not/there")
    assert done.returncode == 4
    assert len(done.stdout.splitlines()) == 1, done.stdout
    assert done.stderr == "hadrill: TMPDIR is /not/there, which is no folder; set it to one that can be written to\n"


def test_what_pytest_cannot_load_is_a_wrong_call(project: Path) -> None:
    """An error in a conftest.py is told without a traceback, with what it says, and nothing runs."""
    (project / "conftest.py").write_text("raise RuntimeError('not today')\n")
    done = hadrill(project, "drill", "--features", "own.feature")
    assert done.returncode == 4
    assert "not today" in done.stderr
