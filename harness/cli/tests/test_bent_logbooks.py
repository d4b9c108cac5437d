"""Logbooks that were handed over, bent in one place: gone on with or refused in a sentence; nobody's files go."""

import json
import re
import signal
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Final

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from hadrill.environments.embedded.settings import load_settings
from hadrill.environments.embedded.work_folder import work_root
from hadrill.harness.cli.killing import kill
from hadrill.harness.cli.saying import say
from hadrill.harness.cli.soaking import soak
from hadrill.harness.errors import HadrillError, HarnessTrouble
from hadrill.harness.kills import entries, standing, traces
from hadrill.harness.kills import kills as of_kills
from hadrill.harness.kills.entries import KILLS
from hadrill.harness.kills.kills import Kills, KillSettings
from hadrill.harness.kills.plan import Part, planned_kill
from hadrill.harness.soak import soak as of_soak
from hadrill.harness.soak.entries import SOAK, Began, Ended, FalseAlarm, Undecided, Unfinished
from hadrill.harness.soak.soak import SoakSettings
from hadrill.harness.tests.bent_yaml import bent_document, torn
from hadrill.harness.tests.steady import steady
from hadrill.reports.tests.hostile import COMMANDS

ASKED: Final = ("--tags", "@smoke")
AT: Final = "2026-11-21T08:00:00+00:00"
ALARM: Final = FalseAlarm("s\x1b[2J", "outage", "clients waited")
SOAKED: Final = (
    Began(1, 7, AT, "0.1.0", "abc", ASKED),
    Ended(1, 7, AT, AT, 60.0, 1, {"pass": 5, "fail": 1}, (ALARM,), (Undecided("t", "why"),), "drill-0001"),
    Began(2, 9, AT, "0.1.0", "abc", ASKED),
    Unfinished(2, 9, AT, "it hung", of_itself=True),
    Began(3, 11, AT, "0.1.0", "abc", ASKED),
)
KILLED: Final = (
    entries.Sitting(7, AT, "0.1.0", "abc", ASKED),
    entries.Began(0, "/dev/shm/kabcdefgh", "unharmed-0001"),
    entries.Unharmed(0, 30.0, (), ""),
    entries.Killed(
        1, Part.HARNESS, "SIGTERM", 12.0, "process 7", True, 3, 3, 2.0, 0.02, ("file k",), (), (), 14.0, "kill-0001"
    ),
    entries.Absent(2, Part.MANAGER, "SIGINT", 0.5, False, 6.0, 2, ("file k",), "kill-0002"),
    entries.Began(2, "/dev/shm/kabcdefgh", "kill-0002"),
)
STEADY: Final = steady(200, HealthCheck.data_too_large)
GoOn = Callable[[Path], object]


def go_on_soaking(folder: Path) -> object:
    """It is enough at once, and is told."""
    return soak(SoakSettings(folder, ASKED, None, 0, keep=False), say)


def go_on_killing(folder: Path) -> object:
    """As far as to the next kill, which is only planned."""
    return kill(KillSettings(folder, ASKED, None, None, 0), say)


CASES: Final = {
    "soak": (SOAK.file, [SOAK.form.dump_json(entry).decode() for entry in SOAKED], go_on_soaking),
    "kills": (KILLS.file, [KILLS.form.dump_json(entry).decode() for entry in KILLED], go_on_killing),
}


@pytest.fixture(autouse=True)
def removed(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Which folders would go: here nothing does, no process is killed, and the next kill is only planned."""
    removed: list[Path] = []

    def plan(kills: Kills) -> None:
        seen = kills._logbook.entries
        planned_kill(kills.seed, *standing.next_kill(seen), standing.length_of(seen) or 0.0)
        standing.next_ran(seen)

    stand_in = SimpleNamespace(rmtree=lambda path, **_: removed.append(Path(path)))
    for module in (of_soak, of_kills, traces):
        monkeypatch.setattr(module, "shutil", stand_in)
    monkeypatch.setattr(traces, "kill_process", lambda stat: pytest.fail(f"{stat} would be killed"))
    monkeypatch.setattr(Kills, "run", plan)
    return removed


@pytest.mark.parametrize("name", CASES)
def test_a_bent_logbook_is_gone_on_with_or_refused(
    name: str, tmp_path: Path, removed: list[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """The refusal names its folder; what goes is a drill's that was cut short; signals do what they did before.

    Nothing that is said of it is a terminal's to obey.
    """
    file, lines, go_on = CASES[name]
    heeded = signal.getsignal(signal.SIGINT)

    @STEADY
    @given(st.just(lines) | st.integers(0, len(lines) - 1).flatmap(lambda at: _bent(lines, at)))
    def every(given_lines: list[str]) -> None:
        removed.clear()
        (tmp_path / file).write_bytes("".join(f"{line}\n" for line in given_lines).encode())
        require_gone_on_or_refused(go_on, tmp_path)
        assert [path for path in removed if not _of_a_drill(path, tmp_path)] == []
        assert signal.getsignal(signal.SIGINT) is heeded
        assert COMMANDS.findall(capsys.readouterr().out) == []

    every()


def require_gone_on_or_refused(go_on: GoOn, folder: Path) -> None:
    """A refusal says where."""
    refusal = None
    try:
        go_on(folder)
    except HadrillError as error:
        refusal = str(error)
    if refusal is not None:
        assert (str(folder) in refusal, len(refusal.split()) > 3) == (True, True), refusal


@pytest.mark.parametrize(
    "bent",
    [
        {"verdicts": {}},
        {"verdicts": {"pass": 5}},
        {"verdicts": {"pass": 10**400, "fail": 1}},
        {"number": 10**4299},
        {"number": -1},
        {"seconds": float("nan")},
        {"seconds": float("inf")},
        {"kind": "began"},
    ],
    ids=lambda bent: str(bent)[:24],
)
def test_what_no_drill_came_to_is_no_entry(bent: dict[str, object], tmp_path: Path) -> None:
    """More false alarms than scenarios, and what cannot be counted with."""
    file, lines, go_on = CASES["soak"]
    (tmp_path / file).write_text(f"{lines[0]}\n{json.dumps(json.loads(lines[1]) | bent)}\n")
    with pytest.raises(HarnessTrouble, match=f"{file}, line 2, is no entry"):
        go_on(tmp_path)


@pytest.mark.parametrize(
    "way", ["", ".", "..", "/", "/home", "/tmp/kshort", "kabcdefgh", "kill-0002/..", "\0", "\ud800"]
)
@pytest.mark.parametrize("name", ["temporary", "folder"])
def test_what_is_no_drills_own_is_never_removed(name: str, way: str, tmp_path: Path, removed: list[Path]) -> None:
    """A logbook names the folders of a drill that was cut short: they are such as a drill has."""
    file, lines, go_on = CASES["kills"]
    began = json.dumps(json.loads(lines[-1]) | {name: way})
    (tmp_path / file).write_text("".join(f"{line}\n" for line in (*lines[:-1], began)))
    with pytest.raises(HarnessTrouble, match=f"{file}, line {len(lines)}, is no entry"):
        go_on(tmp_path)
    assert removed == []


def test_what_a_terminal_would_obey_is_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A logbook may be somebody else's: a false alarm's scenario and check, and why a drill died."""
    alarm = {"false_alarms": [{"scenario": "s\x1b[2J", "check": "outage\x07", "sentence": "clients waited"}]}
    died = {"reason": "it hung\x9b2J"}
    file, lines, go_on = CASES["soak"]
    bent = [json.dumps(json.loads(lines[at]) | change) for at, change in ((1, alarm), (3, died))]
    (tmp_path / file).write_text("".join(f"{line}\n" for line in (lines[0], bent[0], lines[2], bent[1])))
    go_on(tmp_path)
    said = capsys.readouterr().out
    assert COMMANDS.findall(said) == []
    assert ("s\\x1b[2J, outage\\x07\n" in said, "1 time: it hung\\x9b2J\n" in said) == (True, True), said


def _of_a_drill(path: Path, folder: Path) -> bool:
    """Below the call's folder, or where a drill has its temporary files."""
    of_a_call = path.parent == folder and re.fullmatch(r"(drill|kill|unharmed)-\d{4,}", path.name)
    of_files = path.parent == work_root(load_settings()) and re.fullmatch(r"k[a-z0-9_]{8}", path.name)
    return bool(of_a_call or of_files)


def _bent(lines: list[str], at: int) -> st.SearchStrategy[list[str]]:
    whole = bent_document(json.loads(lines[at])).map(json.dumps) | torn(lines[at])
    return whole.map(lambda line: [*lines[:at], line, *lines[at + 1 :]])
