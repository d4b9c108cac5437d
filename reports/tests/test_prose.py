"""Judgements as text."""

from pathlib import Path

from hadrill.harness.evidence.events import EventKind
from hadrill.harness.evidence.journal import Journal
from hadrill.reports.prose import LONGEST, in_brief, judgements_text
from hadrill.reports.record import read_record
from hadrill.reports.tests.sample_run import judge, lost, planned, took, write_plan


def text_of(folder: Path) -> str:
    """The text of the folder's only scenario."""
    (scenario,) = read_record(folder).scenarios
    return judgements_text(scenario)


def test_a_check_is_told_once_for_all_clauses_that_it_speaks_of(tmp_path: Path) -> None:
    """The journal has a line for each; measures, findings with some of their keys, and doubts belong to the check."""
    write_plan(tmp_path, planned("killed", "HA-4", "SW-4"))
    with Journal(tmp_path) as journal:
        for clause in ("HA-4", "SW-4"):
            judge(journal, "killed", clause, lost(*range(1, 13)))
        judge(journal, "killed", "HA-4", took(None, undecided="the load stalled", warnings=("a clock jumped",)))
        journal.append(EventKind.TROUBLE, "killed", sentence="Toxiproxy is gone")
    expected = """\
lost writes (HA-4, SW-4): fail
  measured: acknowledged writes lost: 12 rows, objective <= 0 rows
  finding: 12 acknowledged writes are missing [keys 0x1, 0x2, 0x3, 0x4, 0x5, 0x6, 0x7, 0x8, 0x9, 0xa and 2 more]

outage (HA-4): no verdict
  measured: time to writes again: not measured, objective <= 3 s
  undecided: the load stalled
  warning: a clock jumped

an instrument failed: Toxiproxy is gone
"""
    assert expected == text_of(tmp_path)


def test_a_scenario_without_judgement_says_so(tmp_path: Path) -> None:
    """Silence is told."""
    write_plan(tmp_path, planned("killed"))
    Journal(tmp_path).close()
    assert "no check judged this scenario\n" == text_of(tmp_path)


def test_a_reason_of_a_hundred_rows_is_told_in_brief() -> None:
    """Cut between words, with the place of the whole; a short one is told as it is."""
    told = in_brief("row 123456789 " * 100, "result.json")

    assert len(told) < LONGEST + 50
    assert told.endswith(" ...; all of it is in result.json")
    assert in_brief("down", "result.json") == "down"
