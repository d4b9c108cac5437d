"""From what a drill of a broken service found to a row of the matrix; pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

from hadrill.harness.sabotage.entry import ITS_STEPS, Sabotage
from hadrill.harness.sabotage.judge import NOT_CHOSEN, Cell, Seen, exit_code, judge
from hadrill.reports.matrix.schema import CellResult, RowResult
from hadrill.reports.schema import Result

NOT_FINISHED: Final = 3
UNFINISHED: Final = "the drill was not finished"


def row_of(
    chosen: Sabotage,
    result: Result | None,
    seconds: float,
    *,
    finished: bool,
    left_out: Iterable[str] = (),
    broken: Iterable[str] = (),
) -> RowResult:
    """The row.

    Args:
        chosen: the sabotage.
        result: what the drill found; None where nothing was drilled, or it could not be written down.
        seconds: that it took.
        finished: the drill was; else nothing is made of what it found.
        left_out: the scenarios in which the service never asks for the decision.
        broken: the sentences that did not hold.
    """
    seen, absent = (seen_in(result) if result else (), NOT_CHOSEN) if finished else ((), UNFINISHED)
    cells = judge(chosen, seen, left_out, absent)
    return RowResult(
        sabotage=chosen.name,
        breaks=chosen.breaks,
        decision=chosen.decision,
        changed=chosen.changed,
        value=chosen.value,
        why=chosen.why,
        run=result.run.name if result else "",
        seconds=round(seconds, 1),
        exit_code=exit_code(cells) if finished else NOT_FINISHED,
        cells=tuple(map(_cell, cells)),
        broken=tuple(broken),
    )


def seen_in(result: Result) -> Sequence[Seen]:
    """Each scenario with the checks whose findings it has, and what they say."""
    found: dict[str, dict[str, list[str]]] = {}
    for clause in result.clauses.values():
        for finding in clause.findings:
            found.setdefault(finding.scenario, {}).setdefault(finding.check or ITS_STEPS, []).append(finding.sentence)
    return [
        Seen(one.title, one.verdict, tuple(found.get(one.id, ())), one.reason, found.get(one.id, {}))
        for one in result.scenarios
    ]


def never_found(
    judged: Mapping[str, Iterable[str]], rows: Iterable[RowResult], told: Collection[str]
) -> dict[str, tuple[str, ...]]:
    """By title the checks that a scenario is judged by, and that found nothing in it on any of these services.

    Args:
        judged: by title the checks that each scenario is judged by.
        rows: of all services.
        told: checks that are left out, since it is said of them why none can trip them.
    """
    found = {(cell.scenario, check) for row in rows for cell in row.cells for check in cell.found}
    left = {
        title: tuple(check for check in checks if (title, check) not in found and check not in told)
        for title, checks in judged.items()
    }
    return {title: checks for title, checks in left.items() if checks}


def never_broken(promises: Iterable[str], rows: Sequence[RowResult], told: Collection[str]) -> tuple[str, ...]:
    """The promises that held on each of these services, but for those of which it is told why."""
    broken = {sentence for row in rows for sentence in row.broken} | {*told}
    return tuple(sentence for sentence in promises if sentence not in broken)


def _cell(cell: Cell) -> CellResult:
    return CellResult(
        scenario=cell.scenario,
        outcome=cell.outcome,
        expected=cell.expected,
        found=cell.found,
        reason=cell.reason,
    )
