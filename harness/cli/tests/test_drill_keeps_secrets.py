"""A drill on real servers, one scenario of which breaks: no secret in any output, files and listeners its owner's."""

import json
import os
from ipaddress import ip_address
from pathlib import Path

import pytest

from hadrill.harness.cli.tests.test_drill_command import hadrill

pytestmark = pytest.mark.e2e

FEATURE = """
Feature: Secrets
  @SW-5
  Rule: They stay where they are
    Scenario: A switch is asked of a Basic instance
      Given a Basic instance
      And clients at work
      When a switch is asked for that must be refused
      And the clients come to rest
      Then the refusal says "EditionHasNoSecondary" in a sentence
      And no acknowledged write is lost
    Scenario: Something breaks
      Given a Basic instance
      And clients at work
      When something of ours breaks that knows every secret
      Then the refusal says "EditionHasNoSecondary" in a sentence
"""
CONFTEST = "from hadrill.harness.cli.tests.stage_watch import *\n"
OF_EACH_STAGE = 8
"""Secrets: the tokens of manager, racks and room, the passwords of the manager's accounts and of the customers'."""


@pytest.fixture(scope="module")
def drilled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which it was drilled, with what was said, and beside it what was seen behind the scenes."""
    folder = tmp_path_factory.mktemp("secrets")
    project = folder / "project"
    project.mkdir()
    (project / "own.feature").write_text(FEATURE)
    (project / "conftest.py").write_text(CONFTEST)
    (project / "pytest.ini").write_text("[pytest]\n")
    done = hadrill(project, "drill", "--features", "own.feature", WATCHED=str(folder / "watched.jsonl"))
    (project / "said").write_text(done.stdout + done.stderr)
    assert done.returncode in {1, 2, 3}, done.stdout + done.stderr
    return project


@pytest.fixture(scope="module")
def watched(drilled: Path) -> list[dict[str, list[str]]]:
    """Of each stage, its secrets and its listeners."""
    lines = (drilled.parent / "watched.jsonl").read_text().splitlines()
    return [json.loads(line) for line in lines]


def test_no_secret_is_in_any_output(drilled: Path, watched: list[dict[str, list[str]]]) -> None:
    """Neither in a file that the drill wrote nor in what it said, whatever broke."""
    assert [len(stage["secrets"]) for stage in watched] == [OF_EACH_STAGE] * 2
    secrets = {secret for stage in watched for secret in stage["secrets"]}
    files = [path for path in drilled.rglob("*") if path.is_file()]
    leaks = [
        (str(path.relative_to(drilled)), text[max(0, place - 80) : place])
        for path in files
        for text in [path.read_bytes()]
        for secret in secrets
        if (place := text.find(secret.encode())) >= 0
    ]

    assert {"journal.jsonl", "junit.xml", "result.json", "summary.html"} <= {path.name for path in files}
    assert "RuntimeError" in (drilled / "said").read_text()
    assert leaks == []


def test_files_of_a_run_are_its_owners_alone(drilled: Path) -> None:
    """Folders as well, the servers' logs and what allure-pytest writes included."""
    run = (drilled / "hadrill-runs" / "latest").resolve()
    assert (run / "logs").is_dir()
    assert [path for path in (run, *run.rglob("*")) if path.stat().st_mode & 0o077] == []
    assert {path.stat().st_uid for path in run.rglob("*")} == {os.getuid()}


def test_every_listener_is_on_loopback(watched: list[dict[str, list[str]]]) -> None:
    """Servers, proxies, manager, rooms and their control: all that any process of the run listens at."""
    for stage in watched:
        assert len(stage["listeners"]) > 0
        assert [each for each in stage["listeners"] if not ip_address(each).is_loopback] == []
