"""SW-4, SW-8, HA-4, HA-10: servers hold the same rows once the load has stopped. Unit: rows.

The primary is compared with its secondary and with each read-only instance, table by table and row by row.

Does not flag: differences in what is not a customer's table; an order of rows.
"""

from typing import Final

from hadrill.harness.checks.wording import number_of
from hadrill.harness.model.difference import Difference
from hadrill.harness.model.history import Comparison, History
from hadrill.harness.model.verdict import Finding, Judgement, Measure

CHECK: Final = "equality"
IN_FULL: Final = 5
"""So many rows are told with what either server has; of the others table and row alone."""


def equality(history: History) -> Judgement:
    """Every comparison that was made found no difference and compared something, and no server at rest is left out.

    Args:
        history: with comparisons.
    """
    comparisons = history.comparisons
    findings = tuple(_finding(comparison) for comparison in comparisons if comparison.differences)
    rows = float(sum(comparison.rows for comparison in comparisons)) if comparisons else None
    doubts = [] if comparisons else ["nothing was compared"]
    doubts += [f"{each.left} and {each.right} had no row to compare" for each in comparisons if not each.rows]
    compared = {node for each in comparisons for node in (each.left, each.right)}
    left_out = [state.node for state in history.servers if state.node not in compared] if comparisons else []
    doubts += [f"{node} was compared with no other server" for node in left_out]
    return Judgement(CHECK, findings, (Measure("rows compared", rows, "rows"),), "; ".join(doubts))


def _finding(comparison: Comparison) -> Finding:
    """Names every row that the comparison has."""
    shown = "; ".join(
        f"{each.table} {each.row}: {comparison.left} has {each.left}, {comparison.right} has {each.right}"
        for each in comparison.differences[:IN_FULL]
    )
    others = comparison.differences[IN_FULL:]
    also = f"; also {_by_table(others)}" if others else ""
    count = number_of(len(comparison.differences), "row")
    return Finding(CHECK, f"{comparison.left} and {comparison.right} do not agree on {count}: {shown}{also}")


def _by_table(differences: tuple[Difference, ...]) -> str:
    tables = dict.fromkeys(each.table for each in differences)
    return ", ".join(
        f"{table} {', '.join(each.row for each in differences if each.table == table)}" for table in tables
    )
