"""``hadrill kills`` on a drill that leaves something behind on purpose."""

import json
import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from hadrill.environments.embedded.label import folder_prefix
from hadrill.harness.cli.tests.shell import COMMAND
from hadrill.harness.kills.plan import Part, planned_kill

pytestmark = pytest.mark.e2e

LIMIT_S = 180.0
HOST = "127.83.252.9"
FEATURE = """
Feature: Our own
  @HA-4
  Rule: It leaves something behind
    @smoke
    Scenario: It takes its time
      When it takes its time
      Then the objective "switch" allows at most 2 s
"""
STEPS = """
import os
import pathlib
import subprocess
import sys
import time

from pytest_bdd import when

LISTEN = "import socket, sys, time; s = socket.create_server((sys.argv[1], 0)); print(s.getsockname()[1], flush=True)"

def leave(program, *arguments, **options):
    child = subprocess.Popen(
        (sys.executable, "-c", program + "; time.sleep(600)", *arguments), start_new_session=True,
        stdout=subprocess.PIPE, text=True, **options,
    )
    with open("left", "a") as file:
        file.write(f"{child.pid} {child.stdout.readline()}")

KILLED = any("kill-0001" in word for word in sys.argv)

if KILLED:
    leave("import time; print(0, flush=True)", env={**os.environ, "TMPDIR": "/elsewhere"})
    leave(LISTEN, "HOST", env={})
    pathlib.Path("FOLDER").mkdir()

@when("it takes its time")
def waits():
    time.sleep(60 if KILLED else 8)  # it is not over before its kill, however slow the drill was that set the moment
"""


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Path]:
    """A folder to call from; whatever was left is ended and removed."""
    folder = Path(f"/tmp/{folder_prefix()}left-{os.getpid()}")
    (tmp_path / "conftest.py").write_text(STEPS.replace("HOST", HOST).replace("FOLDER", str(folder)))
    (tmp_path / "own.feature").write_text(FEATURE)
    yield tmp_path
    for line in (tmp_path / "left").read_text().splitlines():
        with suppress(ProcessLookupError):
            os.kill(int(line.split()[0]), signal.SIGKILL)
    folder.rmdir()


def late_kill() -> int:
    """A seed that kills the harness outright, when it has long begun even where it is slower than the one before."""

    def fits(seed: int) -> bool:
        planned = planned_kill(seed, 1, 0, 1.0)
        return planned.part is Part.HARNESS and planned.signal == "SIGKILL" and 0.8 < planned.at_s

    return next(seed for seed in range(10_000) if fits(seed))


def test_what_is_left_makes_a_kill_dirty(project: Path) -> None:
    """A process that went elsewhere with its files, a listener that lost its mark, and a folder; all are named."""
    call = (*COMMAND, "kills", "--features", "own.feature", "--runs", "1", "--seed", str(late_kill()))
    environ = {name: value for name, value in os.environ.items() if name != "TMPDIR"}
    done = subprocess.run(call, cwd=project, env=environ, capture_output=True, text=True, timeout=LIMIT_S, check=False)
    assert done.returncode == 1, done.stdout + done.stderr
    killed = _killed(project)
    (marked, _), (_, port) = (line.split() for line in (project / "left").read_text().splitlines())
    expected = [
        f"process {marked}",
        f"listener {HOST}:{port}",
        f"folder /tmp/{folder_prefix()}left-{os.getpid()}",
    ]
    left = [one.partition(": ")[0] for one in killed["left"]]
    assert [one for one in left if one in expected] == expected, left  # other tests may leave theirs on this machine
    assert "DIRTY  SIGKILL" in done.stdout
    assert "1 kill: 1 left something behind" in done.stdout


def _killed(project: Path) -> dict[str, Any]:
    lines = (project / "hadrill-runs/kills/kills.jsonl").read_text().splitlines()
    (killed,) = (entry for entry in map(json.loads, lines) if entry["kind"] == "killed")
    return dict(killed)
