"""What a run's folder comes to: verdicts, measures, exit codes."""

import json
from pathlib import Path

import pytest

from hadrill.harness.errors import HarnessTrouble
from hadrill.harness.evidence.events import EventKind
from hadrill.harness.evidence.journal import Journal
from hadrill.harness.model.verdict import Verdict
from hadrill.reports.result import build_result, write_result
from hadrill.reports.schema import MeasureResult, Result
from hadrill.reports.tests.sample_run import finish, judge, lost, planned, took, write_mixed, write_plan


def test_a_passed_scenario_with_a_judgement_passes_its_clause(tmp_path: Path) -> None:
    """Judged, ended and closed: pass, exit code 0, the measure beside its objective."""
    write_plan(tmp_path, planned("killed"))
    with Journal(tmp_path) as journal:
        journal.append(EventKind.SCENARIO, "killed")
        judge(journal, "killed", "HA-4", took(0.6))
        finish(journal, "killed")
        journal.append(EventKind.CLOSED)
    result = build_result(tmp_path)
    assert (Verdict.PASS, 0) == (result.verdict, result.exit_code)
    assert (
        MeasureResult(
            name="time to writes again",
            value=0.6,
            unit="s",
            resolution=0.012,
            objective="failover after a kill",
            limit=3.0,
            within=True,
            scenario="killed",
        ),
    ) == result.clauses["HA-4"].measures


def test_each_end_of_a_scenario_has_its_verdict(mixed_run: Path) -> None:
    """Lost writes and a step's own assertion fail, doubt leaves no verdict, a lacking capability is not addressed."""
    result = build_result(mixed_run)
    assert {
        "ha-4-killed": (Verdict.PASS, ""),
        "ha-4-loss": (Verdict.FAIL, "3 acknowledged writes are missing"),
        "sw-6-refused": (Verdict.FAIL, "the switch of a Basic instance was not refused"),
        "ha-4-frozen": (Verdict.NO_VERDICT, "the load process stalled for 2.1 s"),
        "ha-11-mariadb": (Verdict.NOT_ADDRESSED, "the service builds no MariaDB instance"),
    } == {one.id: (one.verdict, one.reason) for one in result.scenarios}
    assert 1 == result.exit_code


def test_a_clause_gathers_what_its_scenarios_saw(mixed_run: Path) -> None:
    """Findings carry their scenario, and a step's own assertion is one."""
    clauses = build_result(mixed_run).clauses
    assert ["SW-6", "HA-4", "HA-11"] == list(clauses)
    assert Verdict.FAIL == clauses["HA-4"].verdict
    assert ("ha-4-killed", "ha-4-loss", "ha-4-frozen") == clauses["HA-4"].scenarios
    assert [("ha-4-loss", (7, 8, 9))] == [(one.scenario, one.keys) for one in clauses["HA-4"].findings]
    assert ["the switch of a Basic instance was not refused"] == [one.sentence for one in clauses["SW-6"].findings]


def test_what_is_not_addressed_is_listed_with_its_reason(mixed_run: Path) -> None:
    """From the plan, and from scenarios whose system lacks a capability."""
    assert [
        ("HA-11", None, "only MySQL is built here"),
        ("HA-11", "ha-11-mariadb", "the service builds no MariaDB instance"),
    ] == [(one.clause, one.scenario, one.reason) for one in build_result(mixed_run).not_addressed]


def test_a_run_without_a_closing_line_is_not_finished(tmp_path: Path) -> None:
    """Exit code 3 outranks a breach, and the clause still shows the breach."""
    write_mixed(tmp_path / "run", closed=False)
    result = build_result(tmp_path / "run")
    assert (False, None, 3) == (result.run.finished, result.run.ended, result.exit_code)
    assert Verdict.FAIL == result.clauses["HA-4"].verdict


def test_a_killed_run_that_had_only_passed_is_no_pass(tmp_path: Path) -> None:
    """All scenarios ended well, the closing line is missing: not run, never pass."""
    write_plan(tmp_path, planned("killed"))
    with Journal(tmp_path) as journal:
        judge(journal, "killed", "HA-4", took(0.6))
        finish(journal, "killed")
    assert Verdict.NOT_RUN == build_result(tmp_path).verdict


def test_a_planned_scenario_that_never_ended_is_not_run(tmp_path: Path) -> None:
    """Neither a pass nor a breach; the exit code says not finished."""
    write_plan(tmp_path, planned("begun"), planned("never"))
    with Journal(tmp_path) as journal:
        journal.append(EventKind.SCENARIO, "begun")
        journal.append(EventKind.CLOSED)
    result = build_result(tmp_path)
    assert ["began and never ended", "never began"] == [one.reason for one in result.scenarios]
    assert (Verdict.NOT_RUN, 3) == (result.verdict, result.exit_code)


@pytest.mark.parametrize(
    ("first", "expected"), [("trouble", Verdict.NO_VERDICT), ("finding", Verdict.FAIL)], ids=["after", "before"]
)
def test_a_finding_counts_only_while_the_instruments_worked(tmp_path: Path, first: str, expected: Verdict) -> None:
    """What is found after an instrument failed is never held against the drilled system."""
    write_plan(tmp_path, planned("killed"))
    with Journal(tmp_path) as journal:
        if first == "finding":
            judge(journal, "killed", "HA-4", lost(7))
        journal.append(EventKind.TROUBLE, "killed", sentence="Toxiproxy is gone")
        if first == "trouble":
            judge(journal, "killed", "HA-4", lost(7))
        finish(journal, "killed", "failed")
        journal.append(EventKind.CLOSED)
    assert expected == build_result(tmp_path).clauses["HA-4"].verdict


def test_a_scenario_that_nothing_judged_has_no_verdict(tmp_path: Path) -> None:
    """Steps that ended well prove nothing by themselves."""
    write_plan(tmp_path, planned("killed"))
    with Journal(tmp_path) as journal:
        finish(journal, "killed")
        journal.append(EventKind.CLOSED)
    result = build_result(tmp_path)
    assert (Verdict.NO_VERDICT, 2) == (result.verdict, result.exit_code)
    assert ["no check judged it"] == [one.reason for one in result.clauses["HA-4"].undecided]


def test_an_unmeasured_value_never_passes(tmp_path: Path) -> None:
    """Null is null in the file, and leaves no verdict."""
    write_plan(tmp_path, planned("killed"))
    with Journal(tmp_path) as journal:
        judge(journal, "killed", "HA-4", took(None))
        finish(journal, "killed")
        journal.append(EventKind.CLOSED)
    clause = build_result(tmp_path).clauses["HA-4"]
    assert (Verdict.NO_VERDICT, None, None) == (clause.verdict, clause.measures[0].value, clause.measures[0].within)


def test_a_check_that_names_another_clause_speaks_for_that_one(tmp_path: Path) -> None:
    """A scenario about HA-4 that fails leaves the clause passing of which only a passing check spoke."""
    write_plan(tmp_path, planned("killed"))
    with Journal(tmp_path) as journal:
        judge(journal, "killed", "HA-4", lost(7))
        judge(journal, "killed", "HA-2", took(0.6))
        finish(journal, "killed", "failed")
        journal.append(EventKind.CLOSED)
    clauses = build_result(tmp_path).clauses
    assert {"HA-4": Verdict.FAIL, "HA-2": Verdict.PASS} == {name: one.verdict for name, one in clauses.items()}


def test_trouble_outside_any_scenario_is_told_and_no_pass(tmp_path: Path) -> None:
    """The sentence is among the warnings, the exit code says no verdict."""
    write_plan(tmp_path, planned("killed"))
    with Journal(tmp_path) as journal:
        judge(journal, "killed", "HA-4", took(0.6))
        finish(journal, "killed")
        journal.append(EventKind.TROUBLE, sentence="a proxy did not go")
        journal.append(EventKind.CLOSED)
    result = build_result(tmp_path)
    assert (("a proxy did not go",), 2) == (result.warnings, result.exit_code)


def test_warnings_of_plan_parts_and_checks_are_gathered(tmp_path: Path) -> None:
    """Each once, a check's with its scenario; none changes a verdict."""
    write_plan(tmp_path, planned("killed", "HA-4", "SW-4"), warnings=["a tag selects little"])
    with Journal(tmp_path) as journal:
        journal.append(EventKind.SETTING, what="warnings", values=["mysql 8.4 was not tested with"])
        for clause in ("HA-4", "SW-4"):
            judge(journal, "killed", clause, took(0.6, warnings=("seen writable",)))
        finish(journal, "killed")
        journal.append(EventKind.CLOSED)
    result = build_result(tmp_path)
    assert ("a tag selects little", "mysql 8.4 was not tested with", "killed: seen writable") == result.warnings
    assert Verdict.PASS == result.verdict


def test_the_file_says_what_was_built(mixed_run: Path) -> None:
    """``result.json`` reads back as the same result, for its owner's eyes only, and leaves no partial file."""
    built = write_result(mixed_run)
    path = mixed_run / "result.json"
    assert built == Result.model_validate_json(path.read_bytes())
    assert (1, {"hadrill": "0.1.0", "mysql": "9.7.4", "haproxy": "3.2.1"}) == (built.version, built.run.versions)
    assert 0o600 == path.stat().st_mode & 0o777
    assert not list(mixed_run.glob("*.partial"))


def test_the_form_of_the_file_is_documented() -> None:
    """The JSON schema can be dumped, and names every top-level field."""
    schema = json.loads(json.dumps(Result.model_json_schema()))
    expected = {"version", "run", "verdict", "exit_code", "clauses", "scenarios", "not_addressed", "warnings"}
    assert expected == set(schema["properties"])


def test_a_folder_without_a_plan_is_said_to_be_none(tmp_path: Path) -> None:
    """One sentence that names the file and asks the right question."""
    with pytest.raises(HarnessTrouble, match=r"plan\.json: No such file or directory; is .* a run's folder\?"):
        build_result(tmp_path)
