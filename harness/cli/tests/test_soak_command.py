"""``hadrill soak`` from outside the clone, on a feature that needs no servers."""

import json
import os
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from hadrill.environments.embedded.processes import process_stat
from hadrill.harness.wait import NotYet, until

pytestmark = pytest.mark.e2e

LIMIT_S = 60.0
FEATURE = """
Feature: Our own
  @HA-4
  Rule: It fails over
    @smoke
    Scenario: A limit that we count on
      When ACTION
      Then the objective "switch" allows at most 2 s
"""
STEPS = """
import contextlib
import os
import pathlib
import signal

from pytest_bdd import when

@when("nothing is done")
def nothing():
    pass

@when("somebody breaks a promise")
def breaks():
    assert False, "two primaries were seen"

@when("an instrument fails")
def fails():
    raise RuntimeError("no more file descriptors")

@when("all cores are busy")
def busy():
    soak = os.getppid()
    stats = []
    for path in pathlib.Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):  # it has ended meanwhile
            stats.append(path.read_text().rpartition(")")[2].split())
    beside = sum(int(fields[1]) == soak and int(fields[11]) > 5 for fields in stats)
    assert beside > len(os.sched_getaffinity(0)), beside  # and the drill itself, which is as busy by now

@when("it waits")
def waits():
    pathlib.Path("here").write_text(str(os.getpid()))
    while True:
        signal.pause()
"""
PROGRAM = "import sys; from hadrill.harness.cli.main import main; sys.exit(main())"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with steps; the feature is written by each test."""
    (tmp_path / "conftest.py").write_text(STEPS)
    return tmp_path


def command(project: Path, action: str, *arguments: str) -> list[str]:
    """The call; its feature does that."""
    (project / "own.feature").write_text(FEATURE.replace("ACTION", action))
    return [sys.executable, "-c", PROGRAM, "soak", "--features", "own.feature", *arguments]


def soak(project: Path, action: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run it to its end."""
    call = command(project, action, *arguments)
    return subprocess.run(call, cwd=project, capture_output=True, text=True, timeout=300, check=False)


def entries(project: Path) -> list[dict[str, Any]]:
    """What is in the logbook."""
    return [json.loads(line) for line in (project / "hadrill-runs/soak/soak.jsonl").read_text().splitlines()]


def kinds(project: Path) -> list[str]:
    """Of the logbook's lines."""
    return [entry["kind"] for entry in entries(project)]


def folders(project: Path) -> list[str]:
    """Of the drills that were kept."""
    return sorted(path.name for path in (project / "hadrill-runs/soak").glob("drill-*"))


def until_it_waits(project: Path) -> int:
    """The process of the drill, once it has reached its step."""
    here = project / "here"

    def pid() -> int | NotYet:
        text = here.read_text() if here.exists() else ""
        return int(text) if text else NotYet("nobody is there")

    return until(pid, "the drill's step", timeout_s=LIMIT_S)


def test_drills_that_pass_leave_a_line_each(project: Path) -> None:
    """Each with a seed of its own; the rate is told after each; asked again, there have been enough."""
    done = soak(project, "nothing is done", "--runs", "2")
    assert done.returncode == 0, done.stdout + done.stderr
    lines = entries(project)
    assert [line["kind"] for line in lines] == ["began", "ended", "began", "ended"]
    assert len({line["seed"] for line in lines}) == 2
    assert lines[1]["verdicts"] == {"pass": 1}
    assert "no false alarm in 2 drills, 2 scenarios" in done.stdout
    assert folders(project) == []
    again = soak(project, "nothing is done", "--runs", "2")
    assert (again.returncode, len(entries(project))) == (0, 4)


@pytest.mark.parametrize(
    ("action", "code", "found"),
    [
        (
            "somebody breaks a promise",
            1,
            {
                "false_alarms": [
                    {
                        "scenario": "own-a-limit-that-we-count-on",
                        "check": "",
                        "sentence": "two primaries were seen",
                    }
                ]
            },
        ),
        (
            "an instrument fails",
            2,
            {
                "undecided": [
                    {
                        "scenario": "own-a-limit-that-we-count-on",
                        "reason": "RuntimeError: no more file descriptors",
                    }
                ]
            },
        ),
    ],
)
def test_what_is_not_a_pass_is_told_and_kept(project: Path, action: str, code: int, found: dict[str, Any]) -> None:
    """Scenario, check and sentence stand in the line, the run's folder stays, and the exit code says which it was."""
    done = soak(project, action, "--runs", "1")
    (_, ended) = entries(project)
    assert (done.returncode, ended["exit_code"]) == (code, code)
    assert found.items() <= ended.items()
    assert (project / "hadrill-runs/soak" / ended["folder"] / "result.json").exists()


def test_a_signal_ends_it_in_order_and_it_goes_on(project: Path) -> None:
    """The drill is torn down, noted as not finished and not counted; the same call goes on."""
    call = command(project, "it waits", "--for", "1s")
    with subprocess.Popen(call, cwd=project, stdout=subprocess.PIPE, text=True) as going:
        drill = until_it_waits(project)
        going.send_signal(signal.SIGINT)
        out, _ = going.communicate(timeout=LIMIT_S)
    assert (going.returncode, process_stat(drill)) == (3, None)
    assert "stopped by SIGINT" in out
    assert (kinds(project), folders(project)) == (["began", "unfinished"], [])
    assert soak(project, "nothing is done", "--runs", "1").returncode == 0
    assert Counter(kinds(project)) == {"began": 2, "unfinished": 1, "ended": 1}


def test_killed_it_leaves_no_drill_and_goes_on(project: Path) -> None:
    """The drill dies with it; the next sitting notes it, clears its folder, and counts on."""
    call = command(project, "it waits", "--runs", "1")
    with subprocess.Popen(call, cwd=project, stdout=subprocess.DEVNULL) as going:
        drill = until_it_waits(project)
        going.kill()
        until(lambda: process_stat(drill) is None or NotYet("it lives"), "the drill's end", timeout_s=LIMIT_S)
    assert kinds(project) == ["began"]
    done = soak(project, "nothing is done", "--runs", "1")
    assert (done.returncode, folders(project)) == (0, [])
    assert kinds(project) == ["began", "unfinished", "began", "ended"]
    assert entries(project)[1]["reason"] == "the soak was killed"


def test_a_drill_that_dies_of_itself_ends_the_soak(project: Path) -> None:
    """Its folder stays for whoever looks into it, the exit code is that of trouble, and so is that of every sitting."""
    call = command(project, "it waits", "--runs", "1")
    with subprocess.Popen(call, cwd=project, stderr=subprocess.PIPE, text=True) as going:
        os.kill(until_it_waits(project), signal.SIGKILL)
        _, err = going.communicate(timeout=LIMIT_S)
    assert going.returncode == 2
    assert "a drill ended with -9 before its end" in err
    assert (kinds(project), folders(project)) == (["began", "unfinished"], ["drill-0001"])
    resumed = soak(project, "nothing is done", "--runs", "1")
    assert resumed.returncode == 2, resumed.stdout + resumed.stderr
    assert "; 1 drill died" in resumed.stdout
    assert "died of itself, 1 time: a drill ended with -9 before its end" in resumed.stdout


def test_busy_drills_are_noted_and_count_apart(project: Path) -> None:
    """In the same folder, by the same call but for that; both rates are told."""
    assert soak(project, "nothing is done", "--runs", "1").returncode == 0
    done = soak(project, "all cores are busy", "--runs", "1", "--busy")
    assert done.returncode == 0, done.stdout + done.stderr
    assert [entry["busy"] for entry in entries(project)] == [False, False, True, True]
    assert "soak: no false alarm in 1 drill, 1 scenario with all cores busy: " in done.stdout
    assert "soak: no false alarm in 1 drill, 1 scenario: " in done.stdout


def test_other_drills_do_not_count_together(project: Path) -> None:
    """Once one counts, a call with other options is refused; a refused call itself binds nobody."""
    refused = soak(project, "nothing is done", "--runs", "1", "--tags", "@smok")
    assert (refused.returncode, folders(project)) == (4, [])
    assert refused.stderr == "hadrill: no scenario has the tags '@smok'; there are: @HA-4, @smoke\n"
    assert soak(project, "nothing is done", "--runs", "1").returncode == 0
    other = soak(project, "nothing is done", "--runs", "1", "--tags", "@smoke")
    assert other.returncode == 4
    assert "holds a soak of other drills" in other.stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [((), "say when it is enough"), (("--for", "1d"), "like 90s, 30m or 1h"), (("--runs", "0"), "not '0'")],
)
def test_a_soak_without_end_is_a_wrong_call(project: Path, arguments: tuple[str, ...], told: str) -> None:
    """Nothing is made."""
    done = soak(project, "nothing is done", *arguments)
    assert (done.returncode, told in done.stderr) == (4, True), done.stderr
    assert not (project / "hadrill-runs").exists()
