"""The JUnit file of a drill that was cut short."""

import signal
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from hadrill.harness.evidence.events import EventKind
from hadrill.harness.wait import NotYet, until

LIMIT_S = 60.0
FEATURE = """
    Feature: F
      Scenario: One that passes
        When nothing is done
        Then the objective "switch" allows at most 2 s
      Scenario: One that is cut short
        When it waits
        Then the objective "switch" allows at most 2 s
      Scenario: One that never begins
        When nothing is done
        Then the objective "switch" allows at most 2 s
    """
STEPS = """
    import pathlib
    import signal

    from pytest_bdd import when

    @when("nothing is done")
    def nothing():
        pass

    @when("it waits")
    def waits():
        pathlib.Path("here").touch()
        while True:
            signal.pause()

    def pytest_runtest_logreport(report):
        if report.when == "teardown" and report.nodeid.endswith("passes"):
            pathlib.Path("over").touch()
    """


def _missing(folder: Path, names: tuple[str, ...]) -> bool | NotYet:
    missing = [name for name in names if not (folder / name).exists()]
    return NotYet(f"{', '.join(missing)} missing") if missing else True


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_what_did_not_end_is_an_error(outside: Any, jobs: str) -> None:
    """A file in which all tests passed would be read as a drill that passed."""
    outside.write(own_DOT_feature=FEATURE, conftest_DOT_py=STEPS)
    call = outside.command("--hadrill", "--hadrill-jobs", jobs, "--junitxml", "junit.xml")
    with subprocess.Popen(call, cwd=outside.folder, env=outside.environ) as going:
        reached = ("over", "here")  # one may still be taken down when the next one is in its step
        until(lambda: _missing(outside.folder, reached), "one to be over, and the next one's step", timeout_s=LIMIT_S)
        going.send_signal(signal.SIGTERM)
        assert going.wait(LIMIT_S) == 3
    (suite,) = ET.parse(outside.folder / "junit.xml").getroot()  # noqa: S314 - our own file
    assert (suite.get("tests"), suite.get("errors")) == ("3", "2")
    errors = {case.get("name") for case in suite if case.find("error") is not None}
    assert errors == {"test_one_that_is_cut_short", "test_one_that_never_begins"}


@pytest.mark.parametrize(
    ("hook", "code", "told", "closed"),
    [
        ("pytest_runtest_teardown(item, nextitem)", 3, ["SIGTERM ended the drill after its last scenario"], False),
        ("pytest_sessionfinish(session)", 0, [], True),
    ],
    ids=["as its last scenario is torn down", "once all is over"],
)
def test_a_drill_that_was_asked_to_end_reads_the_same_everywhere(
    outside: Any, hook: str, code: int, told: list[str], closed: bool
) -> None:
    """All that it set out to do had ended: its tests alone would read as a drill that passed."""
    asks = f"import os, signal\n\ndef {hook}:\n    os.kill(os.getpid(), signal.SIGTERM)\n"
    outside.write(
        own_DOT_feature=FEATURE.partition("Scenario: One that is cut short")[0], conftest_DOT_py=dedent(STEPS) + asks
    )
    assert outside.pytest("--hadrill", "--junitxml", "junit.xml").returncode == code
    (suite,) = ET.parse(outside.folder / "junit.xml").getroot()  # noqa: S314 - our own file
    assert [error.text for error in suite.iter("error")] == told
    assert (outside.journal[-1].kind is EventKind.CLOSED) == closed
