"""The lag over a line, as a distribution."""

from dataclasses import replace

import pytest

from hadrill.harness.checks.interruption import shorter
from hadrill.harness.checks.recovery.line_lag import line_lag
from hadrill.harness.checks.tests.histories import AT_RECOVERY, WRITER_2, A, C, Row, fault, history, load, look, ns
from hadrill.harness.model.history import Stall
from hadrill.harness.model.verdict import Objective, Verdict

WRITES = load(A, 0, 4000)
LINE = fault(1000, 3000)
STALL = Stall("load", ns(700), ns(350))


def looks(behind: int) -> list[Row]:
    """So many rows behind while there is a line, one behind otherwise."""
    return [
        row
        for at in range(500, 3900, 50)
        for row in look(C, at, WRITES[at // 10 - (behind if 1000 < at < 3000 else 1)], client=AT_RECOVERY)
    ]


def test_the_lag_is_told_as_a_distribution_of_the_time_of_the_line() -> None:
    """What came before and after it is left out."""
    judgement = line_lag(history(WRITES, looks(11)), None, LINE, "a line")

    assert judgement.verdict is Verdict.PASS
    assert [round(measure.value or 0, 3) for measure in judgement.measures] == [0.098, 0.098, 0.098, 0.098, 39.0]


def test_lines_that_a_stall_of_ours_may_have_made_differ_cannot_be_told_apart() -> None:
    """The resolution is the time from look to look, and our stall while the worst look's write was missing."""
    later = replace(STALL, began_ns=ns(2000))
    short, elsewhere, in_the_way = (
        line_lag(history(WRITES, looks(behind), stalls=(stall,)), None, LINE, "a line").measures[2]
        for behind, stall in ((2, later), (31, later), (31, STALL))
    )

    assert [each.resolution for each in (short, elsewhere)] == [0.05, 0.05]
    assert in_the_way.resolution == pytest.approx(0.05 + 0.298)
    assert shorter(elsewhere, short).verdict is Verdict.FAIL
    assert shorter(in_the_way, short).verdict is Verdict.NO_VERDICT


def test_connecting_again_is_not_the_lines_lag() -> None:
    """For half a second nothing arrives over a line that was just laid; what comes late after that is its own."""
    rows = [
        row
        for at in range(500, 3900, 50)
        for row in look(C, at, WRITES[99] if 1000 < at <= 1500 else WRITES[at // 10 - 1], client=AT_RECOVERY)
    ]
    judgement = line_lag(history(WRITES, rows), None, LINE, "a line", ns(1520))
    assert [round(measure.value or 0, 3) for measure in judgement.measures] == [0.0, 0.0, 0.0, 0.0, 29.0]


def test_a_writer_who_was_never_seen_leaves_no_verdict() -> None:
    """Its rows may never have come over the line."""
    unseen = load(A, 0, 4000, client=WRITER_2)
    rows = [row for at in range(500, 3900, 50) for row in look(C, at, WRITES[at // 10 - 1], None, client=AT_RECOVERY)]
    assert line_lag(history(WRITES, unseen, rows), None, LINE, "a line").undecided == (
        "reader-recovery watched a writer of whom no row was ever shown: writer-2"
    )


def test_beyond_the_objective_is_a_finding() -> None:
    """By the 99th percentile."""
    allowed = Objective("lag over a line", 0.05, "s", "a test")
    (finding,) = line_lag(history(WRITES, looks(11)), allowed, LINE, "a line").findings
    assert finding.sentence == (
        "at 1.050 s c1 did not show a write that had been acknowledged 0.098 s before; allowed 0.05 s (lag over a line)"
    )
    assert line_lag(history(WRITES, looks(2)), allowed, LINE, "a line").verdict is Verdict.PASS


def test_without_looks_nothing_is_known() -> None:
    """No verdict."""
    assert line_lag(history(WRITES), None, LINE, "a line").verdict is Verdict.NO_VERDICT
