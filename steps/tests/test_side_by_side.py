"""Scenarios that judge no time run beside one another; nothing of their processes is left, however a drill ends."""

import json
import os
import signal
import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from hadrill.environments.embedded.processes import process_stat
from hadrill.harness.wait import NotYet, until

LIMIT_S = 60.0
FEATURE = """
    Feature: F
      Scenario: Judges a time
        When "time" comes
        Then the objective "switch" allows at most 2 s
      Scenario Outline: Judges none
        When "<who>" comes
        Then the objective "acknowledged writes lost" allows at most 0 rows
        Examples:
          | who |
          | ann |
          | bob |
          | cem |
    """
STEPS = """
    import os
    import pathlib
    import signal
    import time

    import pytest
    from pytest_bdd import parsers, when

    TAKES_S = 0.0

    @pytest.fixture(scope="session")
    def household():
        path = pathlib.Path(f"household-{os.getpid()}")
        path.open("x").close()
        with pathlib.Path("households").open("a") as every:
            every.write(f"{path}\\n")
        yield
        path.unlink()

    @pytest.fixture
    def broken(household):
        path = pathlib.Path(f"broken-{os.getpid()}")
        path.touch()
        yield
        time.sleep(TAKES_S)
        path.unlink()

    def await_company():
        pathlib.Path(f"came-{os.getpid()}").touch()  # whoever is here has set everything up
        deadline = time.monotonic() + 50
        while len(list(pathlib.Path(".").glob("came-*"))) < 2:
            assert time.monotonic() < deadline, "nobody else came"
            time.sleep(0.01)

    @when(parsers.parse('"{who}" comes'))
    def comes(who, broken, hadrill_run):
        ACTION
    """
MEETS = """if who in ("ann", "bob"):
            await_company()
            pathlib.Path(f"met-{who}").touch()
            while len(list(pathlib.Path(".").glob("met-*"))) < 2:
                time.sleep(0.01)"""
ALONE = """assert len(list(pathlib.Path(".").glob("broken-*"))) == 1, "somebody else is at work"
        time.sleep(0.3)"""
STAYS = """await_company()
        pathlib.Path(f"here-{os.getpid()}").touch()
        while True:
            signal.pause()"""


@pytest.fixture
def project(outside: Any) -> Callable[[str], Any]:
    """The user's folder, where everyone who comes does what is given."""

    def make(action: str) -> Any:
        outside.write(own_DOT_feature=FEATURE, conftest_DOT_py=STEPS.replace("ACTION", action))
        return outside

    return make


@contextmanager
def two_stay(project: Any) -> Iterator[tuple[subprocess.Popen[str], list[int]]]:
    """A drill, in a session of its own, whose two processes wait for a signal; and their numbers."""

    def here() -> list[int] | NotYet:
        found = [int(path.name.partition("-")[2]) for path in project.folder.glob("here-*")]
        return found if len(found) == 2 else NotYet(f"{found}")

    with subprocess.Popen(
        project.command("--hadrill", "--hadrill-jobs", "2"),
        cwd=project.folder,
        env=project.environ,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as drill:
        yield drill, until(here, "two processes at work", timeout_s=LIMIT_S)


def left_of(folder: Path, pids: list[int]) -> tuple[list[str], list[int]]:
    """What was not taken down, and which processes are there."""
    return [path.name for path in folder.glob("[bh]*-*[0-9]") if "here" not in path.name], [
        pid for pid in pids if process_stat(pid) is not None
    ]


def test_they_meet_and_what_judges_a_time_is_alone(project: Callable[[str], Any]) -> None:
    """Two run at a time; the plan has the timed one last, and nothing of another stands between its lines."""
    outside = project(MEETS)
    done = outside.pytest("--hadrill", "--hadrill-jobs", "2", "--junitxml", "junit.xml")
    assert done.returncode == 0, done.stdout
    plan = json.loads((outside.run / "plan.json").read_text())
    assert plan["jobs"] == 2
    assert [scenario["timed"] for scenario in plan["scenarios"]] == [False, False, False, True]
    lines = [event.scenario for event in outside.journal if event.scenario]
    timed = [number for number, name in enumerate(lines) if name == "own-judges-a-time"]
    assert timed == list(range(timed[0], len(lines)))
    assert len(ET.parse(outside.folder / "junit.xml").findall(".//testcase")) == 4  # noqa: S314 - our own file
    assert left_of(outside.folder, []) == ([], [])


def test_two_that_judge_a_time_never_meet(outside: Any) -> None:
    """The second is set up while the first is taken down, and waits with its first event until that is over."""
    timed = FEATURE.replace("acknowledged writes lost", "switch").replace("0 rows", "2 s")
    outside.write(
        own_DOT_feature=timed, conftest_DOT_py=STEPS.replace("ACTION", ALONE).replace("TAKES_S = 0.0", "TAKES_S = 0.5")
    )
    done = outside.pytest("--hadrill", "--hadrill-jobs", "2")
    assert done.returncode == 0, done.stdout
    assert len([event for event in outside.journal if event.kind.value == "ended"]) == 4
    assert left_of(outside.folder, []) == ([], [])


def test_what_lasts_a_session_lasts_as_long_as_a_process(project: Callable[[str], Any]) -> None:
    """One of a kind in each of the two, for four scenarios; pytest itself runs none."""
    outside = project(MEETS)
    assert outside.pytest("--hadrill", "--hadrill-jobs", "2").returncode == 0
    assert len((outside.folder / "households").read_text().splitlines()) == 2


def test_with_one_job_the_order_is_the_features(project: Callable[[str], Any]) -> None:
    """Nothing runs beside anything, and the plan is in the order of the file."""
    outside = project("pass")
    assert outside.pytest("--hadrill").returncode == 0
    plan = json.loads((outside.run / "plan.json").read_text())
    assert (plan["jobs"], plan["scenarios"][0]["timed"]) == (1, True)


def test_failures_and_troubles_count_as_ever(project: Callable[[str], Any]) -> None:
    """A promise that was broken in another process is the run's: report, verdict, exit code."""
    outside = project("print(who, 'came'); assert who != 'bob', 'bob was late'; 1 / (who != 'cem')")
    done = outside.pytest("--hadrill", "--hadrill-jobs", "2", "-v")
    result = json.loads((outside.run / "result.json").read_text())
    assert (done.returncode, result["exit_code"], result["run"]["finished"]) == (1, 1, True)
    assert [scenario["verdict"] for scenario in result["scenarios"]] == ["pass", "fail", "no verdict", "pass"]
    assert "AssertionError: bob was late" in done.stdout
    assert "2 failed, 2 passed" in done.stdout
    assert ("bob came" in done.stdout, "ann came" in done.stdout) == (True, False)


def test_it_stops_after_so_many_failures(project: Callable[[str], Any]) -> None:
    """``-x`` hands out nothing more; what ran is on record."""
    outside = project("assert False, who")
    done = outside.pytest("--hadrill", "--hadrill-jobs", "2", "-x")
    began = [event.scenario for event in outside.seen("scenario")]
    assert done.returncode == 3
    assert "own-judges-a-time" not in began
    assert "stopping after 2 failures" in done.stdout  # the other one ran already


@pytest.mark.parametrize(
    ("number", "everyone"), [(signal.SIGTERM, False), (signal.SIGHUP, False), (signal.SIGINT, True)]
)
def test_a_signal_tears_down_everywhere(project: Callable[[str], Any], number: signal.Signals, everyone: bool) -> None:
    """To pytest alone, or from a terminal to all at once: every process heals, and the run reads as not finished."""
    outside = project(STAYS)
    with two_stay(outside) as (drill, pids):
        os.killpg(drill.pid, number) if everyone else drill.send_signal(number)
        assert drill.wait(LIMIT_S) == 3
    assert left_of(outside.folder, pids) == ([], [])
    kinds = [event.kind.value for event in outside.journal]
    assert (kinds[-1], "closed" in kinds) == ("trouble", False)
    assert outside.journal[-1].data == {"sentence": f"the run was stopped by {number.name}"}
    assert (outside.run / "result.json").exists()


def test_they_die_with_the_drill(project: Callable[[str], Any]) -> None:
    """However it is killed: nobody is left to write to its journal."""
    outside = project(STAYS)
    with two_stay(outside) as (drill, pids):
        drill.kill()
        until(lambda: left_of(outside.folder, pids)[1] == [] or NotYet("they live"), "their end", timeout_s=LIMIT_S)


@pytest.mark.parametrize(
    ("number", "told"),
    [(signal.SIGKILL, "beside others ended with -9"), (signal.SIGTERM, "SIGTERM ended a process that ran scenarios")],
)
def test_the_loss_of_one_is_the_end_of_the_run(
    project: Callable[[str], Any], number: signal.Signals, told: str
) -> None:
    """The others heal and take down, the reason is told, and the run reads as not finished."""
    outside = project(STAYS)
    with two_stay(outside) as (drill, pids):
        os.kill(pids[0], number)
        out, _ = drill.communicate(timeout=LIMIT_S)
    assert (drill.returncode, told in out) == (3, True), out
    left = [name for name in left_of(outside.folder, pids)[0] if str(pids[0]) not in name or number == signal.SIGTERM]
    assert (left, left_of(outside.folder, pids)[1]) == ([], [])


@pytest.mark.parametrize(
    ("action", "code", "told"),
    [
        (
            "await_company(); os.dup2(os.open('/dev/full', os.O_WRONLY), hadrill_run.journal._fd)",
            3,
            "the drill cannot go on: could not write the journal",
        ),
        ("await_company(); pytest.exit('no room on this machine', 4)", 4, "no room on this machine"),
    ],
)
def test_what_ends_a_drill_ends_it_from_everywhere(
    project: Callable[[str], Any], action: str, code: int, told: str
) -> None:
    """A journal that cannot be written, a machine that refuses: with the same sentence and code as from pytest."""
    outside = project(action)
    done = outside.pytest("--hadrill", "--hadrill-jobs", "2")
    assert (done.returncode, told in done.stdout) == (code, True), done.stdout
    assert left_of(outside.folder, []) == ([], [])


def test_jobs_are_a_number(project: Callable[[str], Any]) -> None:
    """Another word is a wrong call."""
    done = project("pass").pytest("--hadrill", "--hadrill-jobs", "0")
    assert done.returncode == 4
    assert "a whole number from 1, not '0'" in done.stderr
