"""Sabotages one after another, and the matrix of what came of them."""

import argparse
import secrets
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console

from hadrill.harness.checks.registry import CHECKS, ON_SIGHT
from hadrill.harness.cli.asking import WORTH_ITS_DRILL, Asking, asking_in
from hadrill.harness.cli.drilling import NothingSelected, drill
from hadrill.harness.cli.options import settings_from
from hadrill.harness.cli.promises import broken_in, promises_in
from hadrill.harness.cli.sabotage import ALL
from hadrill.harness.cli.saying import say
from hadrill.harness.drill.catalogue import packaged_features
from hadrill.harness.drill.folder import run_name
from hadrill.harness.errors import WrongCall
from hadrill.harness.evidence.clock import now_ns, utc
from hadrill.harness.sabotage.catalogue import not_shown
from hadrill.harness.sabotage.entry import Sabotage
from hadrill.harness.sabotage.judge import ALL_CAUGHT, NOT_HELD, UNDECIDED
from hadrill.harness.sabotage.known import Known, never_tripped, refuse_strangers, without_sabotage, without_word
from hadrill.harness.service.reference_program import known_decisions
from hadrill.reports.matrix.publish import publish_matrix
from hadrill.reports.matrix.rows import NOT_FINISHED, never_broken, never_found, row_of
from hadrill.reports.matrix.schema import Matrix, RowResult
from hadrill.reports.matrix.text import print_matrix
from hadrill.reports.matrix.wording import in_short
from hadrill.steps.binding.feature_file import NotGherkin
from hadrill.steps.binding.titles import titles_in


def refuse_what_is_not_there(sabotages: Iterable[Sabotage], features: Iterable[Path]) -> None:
    """See that whatever sabotages name is there.

    Args:
        sabotages: ours, and a user's own.
        features: a user's own, whose scenarios can be named beside ours.

    Raises:
        WrongCall: a decision, a scenario or a check is not.
    """
    refuse_strangers(sabotages, Known(known_decisions(), {*_ours(), *_titles(features)}, {*CHECKS, *ON_SIGHT}))


def never_seen_to_fail(sabotages: Iterable[Sabotage]) -> tuple[str, ...]:
    """The scenarios of hadrill's own that none of these must fail."""
    return without_sabotage(sabotages, _ours())


def never_changed(sabotages: Iterable[Sabotage]) -> tuple[str, ...]:
    """The decisions of the service that none of these changes, and of which it is not said why."""
    return without_word(sabotages, known_decisions(), not_shown().decisions)


def never_tripping(sabotages: Iterable[Sabotage]) -> tuple[str, ...]:
    """The checks by which no scenario must fail on any of these, and of which it is not said why."""
    return never_tripped(sabotages, {**CHECKS, **ON_SIGHT}, not_shown().checks)


def drill_each(given: argparse.Namespace, chosen: Sequence[Sabotage]) -> int:
    """Drill each broken service, say what came of it, and write the matrix down after each.

    Returns:
        The worst of the rows' exit codes, and 1 where none of the lot broke some promise; a drill that was not finished
        ends it.

    Raises:
        WrongCall: something that was asked for is not there or does not fit.
    """
    folder = given.output.absolute() / run_name(datetime.now(UTC), f"sabotage-{secrets.token_hex(2)}")
    started, rows = utc(), list[RowResult]()
    asking = _ask(given, folder) if given.whole and len(chosen) >= WORTH_ITS_DRILL else Asking()
    if asking is None:
        return NOT_FINISHED
    for each in chosen:
        row, interrupted = _drilled(given, each, folder, asking)
        rows.append(row)
        say(f"{each.name}: {in_short(row)}\n")
        unfinished = row.exit_code == NOT_FINISHED
        ended = utc() if len(rows) == len(chosen) and not unfinished else None
        matrix = _matrix(given, [one.name for one in chosen], rows, asking, started, ended)
        folder.mkdir(parents=True, exist_ok=True)
        files = publish_matrix(folder, matrix)
        if unfinished or interrupted:
            break
    print_matrix(matrix, files, Console())
    return matrix.exit_code


def _ask(given: argparse.Namespace, folder: Path) -> Asking | None:
    """Drill the true service and see which scenario asks for what; None where that was not finished."""
    drilled = drill(replace(settings_from(given, ""), output=folder, fresh=True), given.features, given.tags)
    result = drilled.result
    if result is None or drilled.interrupted or not result.run.finished:
        return None
    say("the true service has shown which scenario asks for which decision\n")
    return asking_in(result, folder / result.run.name)


def _drilled(given: argparse.Namespace, chosen: Sabotage, folder: Path, asking: Asking) -> tuple[RowResult, bool]:
    """The row of a sabotage, and whether somebody wants to hear of no other."""
    settings = replace(settings_from(given, chosen.name), output=folder)
    left_out = [title for title in asking.left_out(chosen.decision) if title not in chosen.must]
    titles = (*chosen.must, *asking.touched(chosen.decision)) if asking.run or not given.whole else ()
    began_ns = now_ns()
    try:
        drilled = drill(settings, given.features, given.tags, titles=titles)
    except NothingSelected:
        return row_of(chosen, None, 0.0, finished=True, left_out=left_out), False
    result, lasted_s = drilled.result, (now_ns() - began_ns) / 1e9
    finished = result is not None and result.run.finished
    broken = broken_in(folder / result.run.name) if result is not None and finished else ()
    row = row_of(chosen, result, lasted_s, finished=finished, left_out=left_out, broken=broken)
    return row, drilled.interrupted


def _matrix(
    given: argparse.Namespace,
    asked: Sequence[str],
    rows: Sequence[RowResult],
    asking: Asking,
    started: str,
    ended: str | None,
) -> Matrix:
    every = ALL in given.names
    lot = bool(ended) and every and not (given.part or given.tags or given.features)  # each ran with all that it has to
    never = _never_broken(rows) if lot else ()
    worst = _worst({row.exit_code for row in rows}, NOT_HELD if never else ALL_CAUGHT)
    told = {cell.scenario for row in rows for cell in row.cells}
    known = dict.fromkeys((*_ours(), *_titles(given.features or ())))
    return Matrix(
        started=started,
        ended=ended,
        whole=given.whole,
        true_run=asking.run,
        asked=tuple(asked),
        exit_code=worst if ended else NOT_FINISHED,
        scenarios=tuple(title for title in known if title in told),
        rows=tuple(rows),
        not_shown=dict(not_shown().decisions) if every else {},
        not_tripped=dict(not_shown().checks) if every else {},
        promises_not_broken=dict(not_shown().promises) if every else {},
        never_broken=never,
        never_found=never_found(asking.checks, rows, not_shown().checks) if lot else {},
    )


def _never_broken(rows: Sequence[RowResult]) -> tuple[str, ...]:
    """The promises that held on all of the lot; none where there is no verdict on one of these services."""
    if not {row.exit_code for row in rows} <= {ALL_CAUGHT, NOT_HELD}:
        return ()
    return never_broken(promises_in([packaged_features()]), rows, not_shown().promises)


def _worst(codes: Collection[int], *more: int) -> int:
    return next((code for code in (NOT_FINISHED, NOT_HELD, UNDECIDED) if code in {*codes, *more}), ALL_CAUGHT)


def _ours() -> Collection[str]:
    return titles_in([packaged_features()])


def _titles(features: Iterable[Path]) -> Collection[str]:
    try:
        return titles_in(features)
    except NotGherkin as error:
        raise WrongCall(f"the features cannot be read: {error}") from error
