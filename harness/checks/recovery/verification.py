"""DR-17: the service's own comparison of two instances finds what differs, in the right table and row, and no more.

Does not flag: what either side had in place of a row.
"""

from hadrill.harness.model.disaster_recovery import Verification
from hadrill.harness.model.verdict import Finding, Judgement, Measure


def differences_found(verification: Verification, wanted: tuple[tuple[str, str], ...]) -> Judgement:
    """DR-17: the service's verification found every row that differs, and no other.

    Args:
        verification: as the service gave it.
        wanted: table and row of each difference that there is.
    """
    name = "differences found"
    found = tuple((each.table, each.row) for each in verification.differences)
    sentences = [f"{table} {row} differs and was not found" for table, row in wanted if not _names(found, table, row)]
    sentences += [
        f"{table} {row} was found and does not differ" for table, row in found if not _names(wanted, table, row)
    ]
    measures = (
        Measure("rows verified", float(verification.rows), "rows"),
        Measure("tables verified", float(verification.tables), "tables"),
    )
    doubt = "" if verification.rows else "the verification compared no row"
    return Judgement(name, tuple(Finding(name, sentence) for sentence in sentences), measures, doubt)


def _names(among: tuple[tuple[str, str], ...], table: str, row: str) -> bool:
    """Whether a difference is among these, whichever way its row is worded: ``1``, ``id=1``, ``(1)``."""
    return any(table == theirs and _value(row) == _value(said) for theirs, said in among)


def _value(row: str) -> str:
    return row.replace("=", " ").split()[-1].strip("()'")
