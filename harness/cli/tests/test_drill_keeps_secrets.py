"""A drill on real servers, one scenario of which breaks: no secret in any output, files and listeners its owner's."""

import base64
import json
import os
import re
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path
from typing import Any

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
    @dr
    Scenario: Much happens
      Given a High-availability instance in two zones
      And a disaster-recovery instance of it in another region
      And clients at work
      When the disaster-recovery instance is synchronized
      And the disaster-recovery instance is a pair
      And all that a console offers is tried on the disaster-recovery instance
      And the primary loses its process
      And writes go on at the other server
      And the fault is healed
      And the pair is protected again
      And the clients come to rest
      Then no acknowledged write is lost
      And all that a console offers works on an ordinary instance
"""
CONFTEST = "from hadrill.harness.cli.tests.stage_watch import *\n"
OF_EACH_STAGE = 8
"""Secrets: tokens of manager, racks and room; passwords of three accounts of the manager's and two of customers."""

FEW_LOOKS = 20
OF_A_CONSOLE = 2
"""Passwords: of a new account, and the one that it was given then."""

WRITTEN = {
    "plan.json",
    "journal.jsonl",
    "junit.xml",
    "result.json",
    "summary.html",
    "allure.html",
    "manager.log",
    "room.log",
    "haproxy.log",
    "toxiproxy.log",
    "a1.log",
}
ENCODED = re.compile(rb"[A-Za-z0-9+/]{24,}")


def texts(path: Path) -> Iterator[bytes]:
    """What a file holds, and what it holds in base64, as Allure's page does."""
    written = path.read_bytes()
    yield written
    for found in ENCODED.findall(written):
        for start in range(4):  # it may follow a letter that is none of it
            yield base64.b64decode(found[start : start + (len(found) - start) // 4 * 4])


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
def watched(drilled: Path) -> list[dict[str, Any]]:
    """Of each stage, what ``stage_watch`` saw."""
    lines = (drilled.parent / "watched.jsonl").read_text().splitlines()
    return [json.loads(line) for line in lines]


def test_much_happens_and_one_scenario_breaks(drilled: Path, watched: list[dict[str, Any]]) -> None:
    """Else the tests below would show less than they say."""
    names = {path.name for path in drilled.rglob("*") if path.is_file()}
    result = json.loads((drilled / "hadrill-runs" / "latest" / "result.json").read_text())
    assert [len(stage["secrets"]) - OF_EACH_STAGE for stage in watched] == [0, 0, OF_A_CONSOLE]
    assert [one["verdict"] for one in result["scenarios"]] == ["pass", "no verdict", "pass"]
    assert names >= WRITTEN
    assert any("timeline" in path.read_text(errors="replace") for path in drilled.rglob("*-result.json"))
    assert "RuntimeError" in (drilled / "said").read_text()


def test_no_secret_is_in_any_output(drilled: Path, watched: list[dict[str, Any]]) -> None:
    """Neither in a file that the drill wrote nor in what it said, whatever broke."""
    secrets = {secret for stage in watched for secret in stage["secrets"]}
    leaks = [
        (str(path.relative_to(drilled)), text[max(0, place - 80) : place])
        for path in drilled.rglob("*")
        if path.is_file()
        for text in texts(path)
        for secret in secrets
        if (place := text.find(secret.encode())) >= 0
    ]
    assert leaks == []


def test_files_of_a_run_are_its_owners_alone(drilled: Path, watched: list[dict[str, Any]]) -> None:
    """Folders as well, the servers' logs and what allure-pytest writes included; so was the place where all ran."""
    run = (drilled / "hadrill-runs" / "latest").resolve()
    assert (run / "logs").is_dir()
    assert [path for path in (run, *run.rglob("*")) if path.stat().st_mode & 0o077] == []
    assert {path.stat().st_uid for path in run.rglob("*")} == {os.getuid()}
    assert [stage["open_to_others"] for stage in watched] == [0] * 3


def test_every_listener_is_on_loopback(watched: list[dict[str, Any]]) -> None:
    """Servers, proxies, manager, rooms and their control: whatever a process of the run listened at meanwhile."""
    assert watched[-1]["looks"] > FEW_LOOKS
    assert len(watched[-1]["listeners"]) > 1
    assert [each for stage in watched for each in stage["listeners"] if not ip_address(each).is_loopback] == []
