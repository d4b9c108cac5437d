"""Rows and cells of the matrix in words."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from hadrill.harness.sabotage.judge import Outcome
from hadrill.reports.matrix.schema import CellResult, Matrix, RowResult

SIGNS: Final[Mapping[Outcome, str]] = MappingProxyType(
    {
        Outcome.CAUGHT: "C",
        Outcome.MISSED: "M",
        Outcome.OTHER_REASON: "O",
        Outcome.BROKEN: "B",
        Outcome.ALLOWED: "a",
        Outcome.PASSED: ".",
        Outcome.NO_VERDICT: "?",
        Outcome.NOT_RUN: "-",
        Outcome.NEVER_ASKS: "_",
    }
)
"""One character for each, where there is no room for more."""

TELLING: Final = (Outcome.MISSED, Outcome.OTHER_REASON, Outcome.BROKEN, Outcome.NO_VERDICT, Outcome.NOT_RUN)
"""What is told with its reason, the worst first."""


NO_SCENARIO: Final = "Decisions that no scenario can show to be changed"
NO_SABOTAGE: Final = "Checks by which no scenario has to fail"
NO_PROMISE: Final = "Promises that no sabotage breaks"
NEVER_BROKEN: Final = "Promises that no sabotage broke, and nothing says why"
NEVER_FOUND: Final = "Checks that found nothing in a scenario, whatever was broken"


def columns(matrix: Matrix) -> tuple[str, ...]:
    """The scenarios that say something of a sabotage: all but those that merely passed, or never ran."""
    silent = {Outcome.PASSED, Outcome.NOT_RUN, Outcome.NEVER_ASKS}
    speak = {cell.scenario for row in matrix.rows for cell in row.cells if cell.outcome not in silent}
    return tuple(title for title in matrix.scenarios if title in speak)


def in_short(row: RowResult) -> str:
    """``caught by 3 of 4 (lost writes, received), missed by 1``."""
    must = sum(bool(cell.expected) for cell in row.cells)
    caught = (cell for cell in row.cells if cell.outcome is Outcome.CAUGHT)
    checks = ", ".join(dict.fromkeys(check for cell in caught for check in cell.found))
    count = {outcome: sum(cell.outcome is outcome for cell in row.cells) for outcome in Outcome}
    unshown = sum(cell.outcome is Outcome.NOT_RUN and not is_beside(cell) for cell in row.cells)
    told = {
        f"caught by {count[Outcome.CAUGHT]} of {must}{f' ({checks})' if checks else ''}": True,
        f"missed by {count[Outcome.MISSED]}": count[Outcome.MISSED],
        f"for another reason by {count[Outcome.OTHER_REASON]}": count[Outcome.OTHER_REASON],
        f"no verdict of {count[Outcome.NO_VERDICT]}": count[Outcome.NO_VERDICT],
        f"{unshown} did not run": unshown,
        f"{count[Outcome.BROKEN]} failed though they must pass": count[Outcome.BROKEN],
        f"{count[Outcome.ALLOWED]} did not pass, as they may": count[Outcome.ALLOWED],
        f"{count[Outcome.PASSED]} passed": count[Outcome.PASSED],
        f"{count[Outcome.NEVER_ASKS]} never ask for the decision": count[Outcome.NEVER_ASKS],
    }
    return ", ".join(text for text, true in told.items() if true)


def what_does_not_hold(rows: Iterable[RowResult]) -> Iterator[str]:
    """A sentence for each cell that is not as it is declared."""
    for row in rows:
        for outcome in TELLING:
            cells = (cell for cell in row.cells if cell.outcome is outcome and not is_beside(cell))
            yield from (f"{row.sabotage}: {sentence(cell)}" for cell in cells)


def is_beside(cell: CellResult) -> bool:
    """Whether it is of a scenario that did not run and need not have failed: it says nothing of the sabotage."""
    return cell.outcome is Outcome.NOT_RUN and not cell.expected


def what_is_not_shown(matrix: Matrix) -> Iterator[str]:
    """A sentence for each decision that has no sabotage."""
    yield from (f"{decision}: {reason}" for decision, reason in matrix.not_shown.items())


def what_is_not_tripped(matrix: Matrix) -> Iterator[str]:
    """A sentence for each check that no sabotage must trip."""
    yield from (f"{check}: {reason}" for check, reason in matrix.not_tripped.items())


def what_is_not_broken(matrix: Matrix) -> Iterator[str]:
    """A sentence for each promise that no sabotage breaks."""
    yield from (f"{promise}: {reason}" for promise, reason in matrix.promises_not_broken.items())


def what_never_found(matrix: Matrix) -> Iterator[str]:
    """A line for each scenario with checks that found nothing in it, whatever was broken."""
    yield from (f"{title}: {', '.join(checks)}" for title, checks in matrix.never_found.items())


def sentence(cell: CellResult) -> str:
    """``'A zone is lost' failed by lost writes, not by outage: ...``."""
    found, expected = " and ".join(cell.found), " and ".join(cell.expected)
    reason = f": {cell.reason}" if cell.reason else ""
    match cell.outcome:
        case Outcome.MISSED:
            return f"'{cell.scenario}' passed, and should have failed by {expected}"
        case Outcome.OTHER_REASON:
            missing = " and ".join(check for check in cell.expected if check not in cell.found)
            return f"'{cell.scenario}' failed by {found}, not by {missing}{reason}"
        case Outcome.BROKEN:
            return f"'{cell.scenario}' failed by {found}, and must pass{reason}"
        case Outcome.NOT_RUN if cell.expected:
            return f"'{cell.scenario}' did not run, and should have failed by {expected}{reason}"
        case Outcome.CAUGHT:
            return f"'{cell.scenario}' failed by {found}{reason}"
        case _:
            return f"'{cell.scenario}': {cell.outcome.value}{reason}"


def last_line(matrix: Matrix) -> str:
    """``42 of 43 sabotages caught as declared (2310 s)``."""
    caught = sum(row.exit_code == 0 for row in matrix.rows)
    seconds = sum(row.seconds for row in matrix.rows)
    unfinished = "" if matrix.ended else ", not finished"
    never = f", {len(matrix.never_broken)} promises never broken" if matrix.never_broken else ""
    return f"{caught} of {len(matrix.asked)} sabotages caught as declared{never}{unfinished} ({seconds:.0f} s)"
