"""``hadrill drill --live`` on a terminal: what it shows, what its key does, and what it leaves."""

import json
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from hadrill.environments.embedded.processes import descendants, same_process
from hadrill.harness.cli.live_view.tests.terminal import PROGRAM, Terminal, terminal
from hadrill.harness.evidence.events import EventKind
from hadrill.harness.evidence.journal import Event, read_journal

pytestmark = pytest.mark.e2e

FREEZES = """
Feature: Watched
  @HA-2
  Scenario: The primary freezes
    Given a High-availability instance in two zones
    And clients at work
    When the primary freezes
    And the limit is waited for
    Then no acknowledged write is lost
  @HA-2
  Scenario: Another one
    When the limit is waited for
    Then no acknowledged write is lost
"""
WAITS = """
Feature: Watched
  Scenario: It waits
    When the limit is waited for
    Then the objective "switch" allows at most 2 s
"""
STEPS = """
from pytest_bdd import when
from hadrill.harness.wait import NotYet, until

@when("the limit is waited for")
def wait_in_vain():
    until(lambda: NotYet("not a thing"), "what never comes", timeout_s=600)
"""
CRASH = """
def pytest_bdd_before_step(step):
    raise SystemError("out of our hands")
"""
READY_S, END_S = 180.0, 120.0
WAITED = r"waiting for what never comes, (\d+) of 600 s"
"""For how long; on a busy machine not every second is drawn."""


@pytest.fixture
def project() -> Iterator[Path]:
    """A folder with a feature that waits in vain, its step, and one for temporary files, both with a short path."""
    with tempfile.TemporaryDirectory(prefix="live", dir="/tmp") as name:
        folder = Path(name)
        (folder / "t").mkdir()
        (folder / "conftest.py").write_text(STEPS)
        (folder / "own.feature").write_text(WAITS)
        yield folder


@contextmanager
def live(project: Path) -> Iterator[Terminal]:
    """The drill of that feature, on a terminal."""
    variables = {"TMPDIR": str(project / "t")}
    with terminal(project, "drill", "--live", "--features", "own.feature", variables=variables) as own:
        yield own


def result_of(project: Path) -> dict[str, Any]:
    """The run's ``result.json``."""
    document: dict[str, Any] = json.loads((project / "hadrill-runs" / "latest" / "result.json").read_text())
    return document


def events_of(project: Path, kind: EventKind) -> list[Event]:
    """The journal's lines of that kind."""
    return [event for event in read_journal(project / "hadrill-runs" / "latest") if event.kind is kind]


def test_the_key_heals_everything_and_ends_in_order(project: Path) -> None:
    """Roles and fault are shown; then it is healed with proof on record, the rest is *not run*, nothing is left."""
    (project / "own.feature").write_text(FREEZES)
    with live(project) as own:
        for words in ("PRIMARY", "secondary", "writes/s", "process-paused", "the limit is waited for"):
            own.await_words(words, READY_S)
        own.await_words("waiting for what never comes", END_S)
        processes = descendants(own.drill.pid)
        own.press("q")
        code = own.await_end(END_S)
        assert (3, False, own.before) == (code, own.taken, own.settings), own.text[-2000:]
    (heal,) = events_of(project, EventKind.HEAL)
    assert heal.data["heal"]["heal_proof"]["holds"] is True
    assert [event.data["sentence"] for event in events_of(project, EventKind.TROUBLE)] == [
        "the run was stopped by the key q"
    ]
    assert [scenario["verdict"] for scenario in result_of(project)["scenarios"]] == ["no verdict", "not run"]
    assert len(processes) > 5
    assert [process for process in processes if same_process(process.pid, process.started)] == []
    assert list((project / "t").iterdir()) == []


def test_what_it_waits_for_is_shown(project: Path) -> None:
    """With how long, and what was seen last."""
    with live(project) as own:
        own.await_number(WAITED + "; last seen: not a thing", 1, READY_S)


def test_any_other_key_does_nothing(project: Path) -> None:
    """One key ends it, and only that."""
    with live(project) as own:
        waited_s = own.await_number(WAITED, 0, READY_S)
        own.press("x\n Q")
        own.await_number(WAITED, waited_s + 2, READY_S)
        own.press("q")
        assert own.await_end(END_S) == 3


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_gives_the_terminal_back(project: Path, number: signal.Signals) -> None:
    """Screen, cursor and keyboard are as before, and the closing table stands on the first screen."""
    with live(project) as own:
        own.await_words("waiting for what never comes", READY_S)
        assert own.taken
        assert own.settings != own.before
        own.drill.send_signal(number)
        code = own.await_end(END_S)
        assert (3, False, own.before) == (code, own.taken, own.settings), own.text[-2000:]
        assert own.text.endswith(f"seed {result_of(project)['run']['seed']})")


def test_a_window_that_is_closed_ends_the_drill_in_order(project: Path) -> None:
    """The terminal is gone, the reports are there."""
    with live(project) as own:
        own.await_words("waiting for what never comes", READY_S)
        own.close_window()
        assert own.await_end(END_S) == 3
    assert events_of(project, EventKind.TROUBLE)[0].data["sentence"] == "the run was stopped by SIGHUP"
    assert result_of(project)["exit_code"] == 3


def test_a_crash_gives_the_terminal_back(project: Path) -> None:
    """An error of pytest's own plugins, say."""
    (project / "conftest.py").write_text(STEPS + CRASH)
    with live(project) as own:
        own.await_end(READY_S)
        assert (False, own.before) == (own.taken, own.settings), own.text[-2000:]


def test_without_a_terminal_the_call_is_wrong(project: Path) -> None:
    """Nothing is begun, and no folder is left."""
    called = subprocess.run(
        [sys.executable, "-c", PROGRAM, "drill", "--live"],
        cwd=project,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=END_S,
        check=False,
    )
    assert (called.returncode, called.stdout) == (4, "")
    assert called.stderr == (
        "hadrill: --live needs a terminal, and standard output is none; leave it out to get a line for each scenario\n"
    )
    assert not (project / "hadrill-runs").exists()
