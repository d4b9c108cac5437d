"""Servers are equal where something was compared and nothing differed."""

from hadrill.harness.checks.equality import equality
from hadrill.harness.checks.tests.histories import history
from hadrill.harness.model.difference import Difference
from hadrill.harness.model.history import Comparison, ServerState
from hadrill.harness.model.verdict import Finding, Measure, Verdict


def test_equal_servers_pass_with_the_rows_counted() -> None:
    """The measure says how much was compared."""
    judgement = equality(history(comparisons=(Comparison("a1", "b1", 2, 1500), Comparison("a1", "c1", 2, 1500))))

    assert judgement.verdict is Verdict.PASS
    assert judgement.measures == (Measure("rows compared", 3000.0, "rows"),)


def test_a_difference_is_named_by_table_and_row() -> None:
    """With what either server has there."""
    differences = (Difference("app.rows", "id=7", "missing", "9f31"), Difference("app.rows", "id=8", "aa", "bb"))
    judgement = equality(history(comparisons=(Comparison("a1", "b1", 1, 10, differences),)))

    sentence = (
        "a1 and b1 do not agree on 2 rows: app.rows id=7: a1 has missing, b1 has 9f31; "
        "app.rows id=8: a1 has aa, b1 has bb"
    )
    assert judgement.findings == (Finding("equality", sentence),)


def test_every_row_that_differs_is_named() -> None:
    """Those beyond the first five by table and row alone."""
    differences = tuple(Difference("app.rows", f"id={row}", "missing", "aa") for row in range(7))
    differences += (Difference("app.other", "id=1", "aa", "bb"),)
    judgement = equality(history(comparisons=(Comparison("a1", "b1", 1, 10, differences),)))

    assert judgement.findings[0].sentence.endswith("; also app.rows id=5, id=6, app.other id=1")
    assert judgement.findings[0].sentence.count("has missing") == 5


def test_every_comparison_has_its_own_finding() -> None:
    """The primary may agree with its secondary and not with a read-only instance."""
    wrong = Comparison("a1", "c1", 1, 10, (Difference("app.rows", "id=7", "aa", "missing"),))
    judgement = equality(history(comparisons=(Comparison("a1", "b1", 1, 10), wrong)))

    sentence = "a1 and c1 do not agree on 1 row: app.rows id=7: a1 has aa, c1 has missing"
    assert judgement.findings == (Finding("equality", sentence),)


def test_a_server_that_was_not_compared_leaves_no_verdict() -> None:
    """Nor does one without a row, beside others that have some."""
    full, empty = Comparison("a1", "b1", 1, 10), Comparison("a1", "c1", 1, 0)

    pair = (ServerState("a1", ""), ServerState("b1", ""))

    assert equality(history(comparisons=(full,), servers=pair)).verdict is Verdict.PASS
    judgement = equality(history(comparisons=(full,), servers=(*pair, ServerState("c1", ""))))
    assert judgement.undecided == "c1 was compared with no other server"
    assert equality(history(comparisons=(full, empty))).undecided == "a1 and c1 had no row to compare"


def test_nothing_compared_leaves_no_verdict() -> None:
    """No comparison, or one of empty tables."""
    assert equality(history()).verdict is Verdict.NO_VERDICT
    assert equality(history(comparisons=(Comparison("a1", "b1", 1, 0),))).verdict is Verdict.NO_VERDICT
