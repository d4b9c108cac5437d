"""A drill on real servers, one scenario of which breaks: no secret in any output, files and listeners its owner's."""

import json
import os
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest

from hadrill.harness.cli.tests.secrecy import (
    BASIC,
    OF_EACH_SERVER,
    OF_EACH_STAGE,
    TITLE,
    leaks_in,
    project_in,
    run_in,
    said_in,
    seen_of,
    texts,
)

pytestmark = pytest.mark.e2e

MUCH = """
    @dr
    Scenario: Much happens
      Given a High-availability instance in two zones
      And a disaster-recovery instance of it in another region
      And clients at work
      When the disaster-recovery instance is synchronized
      And the disaster-recovery instance is a pair
      And all that a console offers is tried on the disaster-recovery instance
      And the manager loses its process and is started again
      And the primary loses its process
      And writes go on at the other server
      And the fault is healed
      And the pair is protected again
      And the clients come to rest
      Then no acknowledged write is lost
      And all that a console offers works on an ordinary instance
"""
FEW_LOOKS = 5
KINDS = ("servers", "manager", "room", "address", "Toxiproxy")
TWO_PAIRS = 4
OF_A_CONSOLE = 2
"""Passwords: of a new account, and the one that it was given then."""

MISTAKE = "ended by a mistake of ours, and so the manager ends\nTraceback"
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


@pytest.fixture(scope="module")
def drilled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which it was drilled, with what was said, and beside it what was seen behind the scenes."""
    project = project_in(tmp_path_factory.mktemp("secrets"), BASIC + MUCH)
    code = run_in(project, "drill")
    assert code in {1, 2, 3}, said_in(project)
    return project


@pytest.fixture(scope="module")
def watched(drilled: Path) -> list[dict[str, Any]]:
    """Of each stage, what ``stage_watch`` saw."""
    return seen_of(drilled)


def test_much_happens_and_one_scenario_breaks(drilled: Path, watched: list[dict[str, Any]]) -> None:
    """Else the tests below would show less than they say."""
    names = {path.name for path in drilled.rglob("*") if path.is_file()}
    result = json.loads((drilled / "hadrill-runs" / "latest" / "result.json").read_text())
    assert [len(stage["secrets"]) - OF_EACH_STAGE for stage in watched] == [0, 0, OF_A_CONSOLE]
    assert [len(stage["keys"]) for stage in watched] == [OF_EACH_SERVER] * 3
    assert [one["verdict"] for one in result["scenarios"]] == ["pass", "no verdict", "pass"]
    assert names >= WRITTEN
    assert any("timeline" in path.read_text(errors="replace") for path in drilled.rglob("*-result.json"))
    assert any(MISTAKE in path.read_text() for path in drilled.rglob("manager.log"))
    assert "RuntimeError" in said_in(drilled)


def test_what_a_file_holds_is_found(drilled: Path) -> None:
    """A title as it is in one, and in the other in base64 alone; a secret would be found as well."""
    run = (drilled / "hadrill-runs" / "latest").resolve()
    plain, encoded = run / "result.json", run / "allure.html"
    assert TITLE.encode() in next(texts(plain))
    assert TITLE.encode() not in encoded.read_bytes()
    assert {name for name, _ in leaks_in(run, [{"secrets": [TITLE], "keys": []}])} >= {plain.name, encoded.name}


def test_no_secret_is_in_any_output(drilled: Path, watched: list[dict[str, Any]]) -> None:
    """Neither in a file that the drill wrote nor in what it said, whatever broke; nor a server's private key."""
    assert leaks_in(drilled, watched) == []


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
    seen = {each for stage in watched for each in stage["listeners"]}
    assert [each for each in seen if not ip_address(each.rpartition(":")[0]).is_loopback] == []


def test_listeners_of_every_kind_are_seen(watched: list[dict[str, Any]]) -> None:
    """Else what one of them listens at could be anywhere."""
    for stage in watched:
        assert [kind for kind in KINDS if not stage["planned"][kind]] == []
        assert {kind: set(planned) - set(stage["listeners"]) for kind, planned in stage["planned"].items()} == {
            kind: set() for kind in KINDS
        }
    assert len(watched[-1]["planned"]["servers"]) >= TWO_PAIRS
