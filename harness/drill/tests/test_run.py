"""A run's folder, plan and journal."""

import hashlib
import json
import os
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from hadrill.harness.drill.catalogue import load_catalogue
from hadrill.harness.drill.folder import discard_folder, folder_of_call, make_folder, run_name
from hadrill.harness.drill.objectives import load_objectives, objectives_digest
from hadrill.harness.drill.plan import PLAN, PlannedScenario
from hadrill.harness.drill.recorder import Recorder
from hadrill.harness.drill.run import Run
from hadrill.harness.drill.settings import RunSettings, seed_from
from hadrill.harness.drill.status import Status, status_of
from hadrill.harness.drill.tests.runs import begin_run
from hadrill.harness.errors import HarnessTrouble, NotAddressed, WrongCall
from hadrill.harness.evidence.events import EventKind
from hadrill.harness.evidence.journal import read_journal
from hadrill.harness.model.history import SwitchRecord

KILLED = PlannedScenario("killed", "The primary is killed", "ha/x.feature", 4, ("HA-4",), ("HA-4", "smoke"))
FROZEN = PlannedScenario("frozen", "The primary freezes", "ha/x.feature", 9, ("HA-2", "HA-4"), ("HA-4",))


@pytest.fixture
def begun(tmp_path: Path) -> Callable[..., Run]:
    """Begins a run of the given scenarios."""
    return partial(begin_run, tmp_path / "runs")


def kinds(run: Run) -> list[EventKind]:
    """The kinds of the journal's lines, in order."""
    return [event.kind for event in read_journal(run.folder)]


def test_a_run_is_its_owners_alone(begun: Callable[..., Run]) -> None:
    """Nobody else reads the folder or a file of it, and latest leads there."""
    run = begun(KILLED)
    modes = {path.name: path.stat().st_mode & 0o777 for path in [run.folder, *run.folder.iterdir()]}
    assert modes == {run.folder.name: 0o700, "plan.json": 0o600, "journal.jsonl": 0o600}
    assert (run.folder.parent / "latest").resolve() == run.folder


def test_when_the_last_switch_was_over_is_remembered(begun: Callable[..., Run]) -> None:
    """Clients are to work on after it; one that is only asked for changes nothing."""
    run = begun(KILLED)
    run.begin_scenario(KILLED)
    recorder = Recorder(run)
    seen = [recorder.switched_ns]
    for switch in (SwitchRecord(1, None), SwitchRecord(1, 5), SwitchRecord(7, None)):
        recorder.switch(switch)
        seen.append(recorder.switched_ns)
    assert seen == [0, 0, 5, 5]


def test_of_what_an_instance_held_the_last_reading_counts(begun: Callable[..., Run]) -> None:
    """Data that were copied elsewhere are read there once more; what was judged by the first reading stays as it is."""
    run = begun(KILLED)
    run.begin_scenario(KILLED)
    recorder = Recorder(run)
    recorder.present(np.array([1, 2], dtype=np.uint64))
    first = recorder.position
    recorder.present(np.array([1], dtype=np.uint64))
    present = [history.present for history in (recorder.history(first), recorder.history())]
    assert [keys if keys is None else keys.tolist() for keys in present] == [[1, 2], [1]]


def test_two_runs_of_one_second_have_folders_of_their_own(tmp_path: Path) -> None:
    """Names sort by time and differ by their suffix."""
    second = datetime(2026, 11, 21, 7, 59, 12, tzinfo=UTC)
    assert run_name(second, "0a1b") == "20261121T075912Z-0a1b"
    assert make_folder(tmp_path) != make_folder(tmp_path)


def test_the_plan_is_there_before_the_first_fault(begun: Callable[..., Run]) -> None:
    """Plan and opening line are written at the beginning, and the line carries the plan's hash."""
    run = begun(KILLED)
    text = (run.folder / PLAN).read_bytes()
    (opened,) = read_journal(run.folder)
    plan: dict[str, Any] = json.loads(text)
    assert opened.data["plan_sha256"] == hashlib.sha256(text).hexdigest()
    assert plan["objectives_sha256"] == objectives_digest(load_objectives())
    assert plan["scenarios"][0] == {
        "id": "killed",
        "title": "The primary is killed",
        "feature": "ha/x.feature",
        "line": 4,
        "clauses": ["HA-4"],
        "tags": ["HA-4", "smoke"],
        "timed": False,
        "begins": [],
    }


def test_the_plan_speaks_of_its_own_requirements(begun: Callable[..., Run]) -> None:
    """Clauses that no planned scenario shows are left out, unless they cannot be drilled at all."""
    plan = begun(KILLED, FROZEN).plan
    named = {requirement.id for requirement in plan.requirements}
    assert named == {"HA-2", "HA-4", *load_catalogue().not_addressed}


def test_a_finished_run_has_a_closing_line(begun: Callable[..., Run]) -> None:
    """When each planned scenario has ended, whatever its status, the last line says so."""
    run = begun(KILLED, FROZEN)
    run.begin_scenario(KILLED)
    run.step("When", "the primary is killed", Status.PASSED, 0.25)
    run.end_scenario(Status.PASSED)
    run.begin_scenario(FROZEN)
    run.end_scenario(Status.BROKEN, "Toxiproxy ended")
    run.close()
    *_, closed = read_journal(run.folder)
    assert (closed.kind, closed.data) == (
        EventKind.CLOSED,
        {"scenarios": 2, "verdicts": {"killed": "passed", "frozen": "broken"}},
    )


def test_a_run_that_lacks_a_scenario_has_none(begun: Callable[..., Run]) -> None:
    """A run that ended early reads as not finished."""
    run = begun(KILLED, FROZEN)
    run.begin_scenario(KILLED)
    run.end_scenario(Status.PASSED)
    run.close()
    assert kinds(run) == [EventKind.OPENED, EventKind.SCENARIO, EventKind.ENDED]


def test_a_stopped_run_says_by_what(begun: Callable[..., Run]) -> None:
    """A signal leaves a line of trouble and no closing line, even after the last scenario."""
    run = begun(KILLED)
    run.begin_scenario(KILLED)
    run.end_scenario(Status.PASSED)
    run.stop("SIGTERM")
    run.close()
    *_, last = read_journal(run.folder)
    assert (last.kind, last.data) == (EventKind.TROUBLE, {"sentence": "the run was stopped by SIGTERM"})


def test_no_room_for_a_folder_is_a_wrong_call() -> None:
    """A place where nobody may make a folder is named."""
    with pytest.raises(WrongCall, match=r"the run's folder /proc/runs/.* cannot be made: No such file"):
        make_folder(Path("/proc/runs"))


def test_an_output_that_is_a_file_is_a_wrong_call(tmp_path: Path) -> None:
    """A file in the folder's place is told as what it is."""
    (tmp_path / "runs").write_text("")
    with pytest.raises(WrongCall, match=r"the run's folder .*runs/.* cannot be made: File exists"):
        make_folder(tmp_path / "runs")


def test_a_full_disk_is_a_wrong_call(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where a run would not fit nothing is begun, and no folder stays."""
    full = os.statvfs_result((4096, 4096, 1000, 10, 10, 1000, 10, 10, 0, 255))
    monkeypatch.setattr("hadrill.harness.drill.folder.os.statvfs", lambda _: full)
    with pytest.raises(WrongCall, match="less than 64 MB left"):
        make_folder(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_only_a_run_that_never_began_is_discarded(begun: Callable[..., Run], tmp_path: Path) -> None:
    """Evidence is never removed."""
    unused = make_folder(tmp_path)
    (unused / "allure-results").mkdir()
    run = begun(KILLED)
    discard_folder(unused)
    discard_folder(run.folder)
    assert (unused.exists(), run.folder.exists()) == (False, True)


def test_an_unknown_environment_is_a_wrong_call() -> None:
    """The known ones are listed."""
    with pytest.raises(WrongCall, match="there is no environment 'moon'; there is: embedded"):
        RunSettings(seed=7, environment="moon")


@pytest.mark.parametrize("given", ["", "-1", "1.5", "seven", "\u0667", "9" * 5000])
def test_a_seed_is_a_whole_number(given: str) -> None:
    """Anything else is a wrong call; a number is taken as it stands, and without one the seed is random."""
    with pytest.raises(WrongCall, match="a seed is a whole number"):
        seed_from(given)
    assert seed_from("12") == 12
    assert seed_from(None) != seed_from(None)


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (None, Status.PASSED),
        (AssertionError("two primaries"), Status.FAILED),
        (NotAddressed("no zones"), Status.NOT_ADDRESSED),
        (HarnessTrouble("Toxiproxy ended"), Status.BROKEN),
        (ZeroDivisionError(), Status.BROKEN),
    ],
)
def test_only_an_assertion_is_held_against_the_service(error: Exception | None, expected: Status) -> None:
    """Any other error leaves the scenario without a verdict."""
    assert status_of(error) == expected


def test_a_call_without_a_run_leaves_no_folder(tmp_path: Path) -> None:
    """Neither its own nor those made for it; what was there before stays."""
    with folder_of_call(tmp_path / "new" / "runs") as folder:
        assert folder.is_dir()
    assert [] == list(tmp_path.iterdir())
    with folder_of_call(tmp_path) as folder:
        (folder / "journal.jsonl").touch()
    assert [folder] == list(tmp_path.iterdir())


def test_a_scenario_passes_until_a_step_does_not(begun: Callable[..., Run]) -> None:
    """Which says nothing of the one after it."""
    run = begun(KILLED, FROZEN)
    seen = [run.passing]
    run.begin_scenario(KILLED)
    for status in (Status.PASSED, Status.BROKEN, Status.PASSED):
        run.step("When", "something happens", status, 0.1)
        seen.append(run.passing)
    run.end_scenario(Status.BROKEN)
    run.begin_scenario(FROZEN)
    assert [*seen, run.passing] == [False, True, False, False, True]
