"""What a run's folder says after a kill; the runs are made by hand."""

import json
from pathlib import Path
from typing import Any

import pytest

from hadrill.harness.errors import HarnessTrouble
from hadrill.harness.kills.junit import Junit
from hadrill.harness.kills.record import GRACE_NS, Death, Reading, reading_of
from hadrill.reports.tests.sample_run import planned, write_plan

S = 1_000_000_000
DIED_NS = 10 * S
DEATH = Death(DIED_NS, "127.83.4")
Line = tuple[str, str, int, dict[str, Any]]


def began(scenario: str, at_ns: int = 0) -> Line:
    """A scenario begins."""
    return ("scenario", scenario, at_ns, {})


def lives_at(scenario: str, host: str) -> Line:
    """Its instance has this address."""
    return ("setting", scenario, S, {"what": "instance", "values": {"address": {"host": host, "port": 14000}}})


def judged(scenario: str, at_ns: int, verdict: str = "pass") -> Line:
    """A check has judged it."""
    findings = [{"check": "outage", "sentence": "3.2 s", "keys": []}] if verdict == "fail" else []
    judgement = {"check": "outage", "findings": findings, "measures": [], "undecided": "", "warnings": []}
    return ("judgement", scenario, at_ns, {"clause": "HA-4", "verdict": verdict, **judgement})


def ended(scenario: str, at_ns: int = 20 * S, status: str = "passed") -> Line:
    """It is over."""
    return ("ended", scenario, at_ns, {"status": status, "reason": "" if status == "passed" else "why"})


CLOSED: Line = ("closed", "", 30 * S, {"scenarios": 1, "verdicts": {}})
ONE = (began("one"), lives_at("one", "127.83.4.1"))


def reading(output: Path, lines: tuple[Line, ...], told: int | None = None, death: Death | None = DEATH) -> Reading:
    """Of a run that planned one scenario."""
    run = output / "run"
    write_plan(run, planned("one"))
    texts = [
        json.dumps({"seq": seq, "utc": "2026-11-28", "mono_ns": at_ns, "kind": kind, "scenario": scenario, **data})
        for seq, (kind, scenario, at_ns, data) in enumerate(lines)
    ]
    (run / "journal.jsonl").write_text("".join(f"{text}\n" for text in texts))
    if told is not None:
        (run / "result.json").write_text(json.dumps({"exit_code": told}))
    found = reading_of(output, death)
    assert found is not None
    return found


def test_where_no_run_began_there_is_nothing_to_read(tmp_path: Path) -> None:
    """The harness died before."""
    (tmp_path / "run").mkdir()
    assert reading_of(tmp_path, None) is None


def test_two_runs_are_not_of_one_drill(tmp_path: Path) -> None:
    """Nothing is read into them."""
    for name in "ab":
        (tmp_path / name).mkdir()
        (tmp_path / name / "journal.jsonl").touch()
    with pytest.raises(HarnessTrouble, match="holds 2"):
        reading_of(tmp_path, None)


def test_a_journal_that_was_cut_short(tmp_path: Path) -> None:
    """It reads as not finished, and the scenario has no end."""
    assert reading(tmp_path, ONE, death=None) == Reading(3, None, closed=False, endless=("one",))


def test_a_journal_that_was_closed(tmp_path: Path) -> None:
    """What the result says is told beside it."""
    lines = (*ONE, judged("one", 5 * S), ended("one"), CLOSED)
    assert reading(tmp_path, lines, told=0, death=None) == Reading(0, 0, closed=True, endless=(), passing=1)


def test_closed_without_an_end(tmp_path: Path) -> None:
    """The scenario is named."""
    found = reading(tmp_path, (*ONE, CLOSED))
    assert (found.closed, found.endless) == (True, ("one",))


@pytest.mark.parametrize(
    ("judged_ns", "expected"),
    [(DIED_NS - 1, ()), (DIED_NS + GRACE_NS, ()), (DIED_NS + GRACE_NS + 1, ("one",))],
    ids=["before", "at the same time", "after"],
)
def test_passed_by_what_was_judged_after_the_death(tmp_path: Path, judged_ns: int, expected: tuple[str, ...]) -> None:
    """A scenario that had been judged before may pass."""
    assert reading(tmp_path, (*ONE, judged("one", judged_ns), ended("one"), CLOSED)).passed == expected


@pytest.mark.parametrize(
    "lines",
    [
        (began("one"), lives_at("one", "127.83.40.1")),
        (began("one", DIED_NS + 1), lives_at("one", "127.83.4.1")),
    ],
    ids=["on another site", "on a later one of that network"],
)
def test_scenarios_elsewhere_may_pass(tmp_path: Path, lines: tuple[Line, ...]) -> None:
    """They had nothing of the victim's."""
    assert reading(tmp_path, (*lines, judged("one", 15 * S), ended("one"), CLOSED)).passed == ()


@pytest.mark.parametrize(
    ("found_ns", "expected"), [(5 * S, ()), (15 * S, ("one",))], ids=["found before", "found after"]
)
def test_failed_by_what_was_found_after_the_death(tmp_path: Path, found_ns: int, expected: tuple[str, ...]) -> None:
    """What had been found before is the drilled system's own."""
    lines = (*ONE, judged("one", found_ns, "fail"), ended("one", status="failed"), CLOSED)
    assert reading(tmp_path, lines).blamed == expected


def test_failed_by_an_assertion_after_the_death(tmp_path: Path) -> None:
    """No judgement says so, but the step does."""
    step: Line = ("step", "one", 15 * S, {"status": "failed"})
    assert reading(tmp_path, (*ONE, step, ended("one", status="failed"), CLOSED)).blamed == ("one",)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (("switch", "one", 15 * S, {"switch": {"finished_ns": 15 * S}}), ("one",)),
        (("setting", "one", 15 * S, {"what": "refusal", "values": {}}), ("one",)),
        (("switch", "one", 15 * S, {"switch": {"finished_ns": None}}), ()),
        (("switch", "one", 5 * S, {"switch": {"finished_ns": 5 * S}}), ()),
    ],
    ids=["it finished a switch", "it refused", "a switch that never ended", "it lived then"],
)
def test_answers_of_a_dead_manager(tmp_path: Path, line: Line, expected: tuple[str, ...]) -> None:
    """In a scenario that passed."""
    assert reading(tmp_path, (*ONE, line, judged("one", 16 * S), ended("one"), CLOSED)).answered == expected


def test_a_manager_that_the_scenario_itself_starts_again_answers(tmp_path: Path) -> None:
    """As those do that kill it."""
    killed: Line = ("injecting", "one", 2 * S, {"name": "manager-killed", "target": "manager"})
    switched: Line = ("switch", "one", 15 * S, {"switch": {"finished_ns": 15 * S}})
    lines = (*ONE, killed, switched, judged("one", 16 * S), ended("one"), CLOSED)
    assert reading(tmp_path, lines).answered == ()


@pytest.mark.parametrize(("counts", "passed"), [((4, 1, 1, 1), 1), ((2, 0, 0, 0), 2)])
def test_the_junit_file_is_counted(tmp_path: Path, counts: tuple[int, int, int, int], passed: int) -> None:
    """What is neither error nor failure nor skipped has passed."""
    (tmp_path / "run").mkdir()
    suite = 'tests="{}" errors="{}" failures="{}" skipped="{}"'.format(*counts)
    (tmp_path / "run/junit.xml").write_text(f"<testsuites><testsuite {suite}/></testsuites>")
    assert reading(tmp_path, ONE, death=None).junit == Junit(counts[0], passed)


@pytest.mark.parametrize("text", ["", "<testsuites><testsuite/></testsuites>"])
def test_a_torn_junit_file_is_damage(tmp_path: Path, text: str) -> None:
    """Which is told."""
    (tmp_path / "run").mkdir()
    (tmp_path / "run/junit.xml").write_text(text)
    with pytest.raises(ValueError, match=r"junit\.xml is no JUnit file"):
        reading(tmp_path, ONE, death=None)
