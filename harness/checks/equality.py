"""SW-4, HA-4, HA-10: two servers hold the same rows once the load has stopped. Unit: rows.

Does not flag: differences in what is not a customer's table; an order of rows.
"""

from typing import Final

from hadrill.harness.checks.wording import number_of
from hadrill.harness.model.history import Comparison, History
from hadrill.harness.model.verdict import Finding, Judgement, Measure

CHECK: Final = "equality"
MOST_ROWS: Final = 5


def equality(history: History) -> Judgement:
    """Every comparison that was made found no difference, and compared something."""
    findings = tuple(_finding(comparison) for comparison in history.comparisons if comparison.differences)
    rows = sum(comparison.rows for comparison in history.comparisons)
    if not history.comparisons:
        return Judgement(CHECK, measures=(Measure("rows compared", None, "rows"),), undecided="nothing was compared")
    return Judgement(
        CHECK, findings, (Measure("rows compared", float(rows), "rows"),), "" if rows else "there was no row to compare"
    )


def _finding(comparison: Comparison) -> Finding:
    """Names the first rows; the comparison itself is in the journal."""
    shown = "; ".join(
        f"{each.table} {each.row}: {comparison.left} has {each.left}, {comparison.right} has {each.right}"
        for each in comparison.differences[:MOST_ROWS]
    )
    count = number_of(len(comparison.differences), "row")
    return Finding(CHECK, f"{comparison.left} and {comparison.right} do not agree on {count}: {shown}")
