"""``hadrill kills``: on a drill of real servers, and on one that waits."""

import json
import signal
import subprocess
from pathlib import Path
from typing import Any

import pytest

from hadrill.harness.cli.tests.shell import COMMAND
from hadrill.harness.kills.plan import planned_kill
from hadrill.harness.wait import NotYet, until

pytestmark = pytest.mark.e2e

LIMIT_S = 300.0
SEED = 77


def kills(output: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run it to its end."""
    call = (*COMMAND, "kills", "--tags", "@HA-8", "--output", str(output), *arguments)
    return subprocess.run(call, capture_output=True, text=True, timeout=LIMIT_S, check=False)


def entries(output: Path) -> list[dict[str, Any]]:
    """What is in the logbook."""
    return [json.loads(line) for line in (output / "kills.jsonl").read_text().splitlines()]


def test_a_kill_is_looked_after_and_the_next_drill_runs(tmp_path: Path) -> None:
    """The signal goes where the seed says; nothing is left of any drill; asked again, there have been enough."""
    done = kills(tmp_path, "--runs", "1", "--seed", str(SEED))
    assert done.returncode == 0, done.stdout + done.stderr
    (killed,) = (one for one in entries(tmp_path) if one["kind"] == "killed")
    planned = planned_kill(SEED, 1, 0, 1.0)
    assert (killed["part"], killed["signal"]) == (planned.part, planned.signal)
    assert (killed["left"], killed["wrong"]) == ([], [])
    assert [Path(one["temporary"]).exists() for one in entries(tmp_path) if one["kind"] == "began"].count(True) == 0
    assert [path.name for path in tmp_path.iterdir()] == ["kills.jsonl"]
    assert "kills: 1 kill: 0 left something behind, 0 read wrong" in done.stdout
    assert "the next drill: pass" in done.stdout
    again = kills(tmp_path, "--runs", "1")
    assert (again.returncode, entries(tmp_path)[-1]["kind"]) == (0, "sitting")
    other = kills(tmp_path, "--runs", "2", "--seed", str(SEED + 1))
    assert (other.returncode, f"holds kills of other drills (seed {SEED}" in other.stderr) == (4, True)


def test_it_ends_in_order_and_leaves_nothing_of_its_own(tmp_path: Path) -> None:
    """Amid its first drill; that one does not count, and no kill does."""
    call = (*COMMAND, "kills", "--tags", "@HA-8", "--output", str(tmp_path), "--runs", "1")
    with subprocess.Popen(call, stdout=subprocess.PIPE, text=True) as going:

        def servers() -> Path | NotYet:
            begun = [one for one in entries(tmp_path) if one["kind"] == "began"] if any(tmp_path.iterdir()) else []
            found = [path for one in begun for path in Path(one["temporary"]).glob("hadrill-*")]
            return found[0] if found else NotYet("no site is there")

        temporary = until(servers, "the drill's servers", timeout_s=60.0).parent
        going.send_signal(signal.SIGTERM)
        out, _ = going.communicate(timeout=60.0)
    assert (going.returncode, temporary.exists()) == (3, False)
    assert "stopped by SIGTERM" in out
    assert [one["kind"] for one in entries(tmp_path)] == ["sitting", "began", "unfinished"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [((), "say when it is enough: --runs 200"), (("--runs", "0"), "not '0'"), (("--runs", "1", "--seed", "x"), "'x'")],
)
def test_kills_without_end_are_a_wrong_call(tmp_path: Path, arguments: tuple[str, ...], told: str) -> None:
    """Nothing is made."""
    done = kills(tmp_path / "none", *arguments)
    assert (done.returncode, told in done.stderr) == (4, True), done.stderr
    assert not (tmp_path / "none").exists()
