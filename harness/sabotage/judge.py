"""What the drill of a broken service shows of the drill itself (pure)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from hadrill.harness.model.verdict import Verdict
from hadrill.harness.sabotage.entry import ITS_STEPS, Sabotage


class Outcome(StrEnum):
    """What became of a scenario on a broken service."""

    CAUGHT = "caught"
    MISSED = "missed"
    OTHER_REASON = "caught for another reason"
    BROKEN = "failed though it must pass"
    ALLOWED = "did not pass, as it may"
    PASSED = "passed"
    NO_VERDICT = "no verdict"
    NOT_RUN = "not run"
    NEVER_ASKS = "never asks for the decision"


ALL_CAUGHT: Final = 0
NOT_HELD: Final = 1
UNDECIDED: Final = 2
AGAINST: Final = frozenset({Outcome.MISSED, Outcome.OTHER_REASON, Outcome.BROKEN})
"""What the drill is not held to."""
NOT_CHOSEN: Final = "it is left out by --tags or --features"


@dataclass(frozen=True, slots=True)
class Seen:
    """A scenario of a finished drill.

    Attributes:
        title: as in plan and reports.
        verdict: of the scenario.
        checks: whose findings there were; empty for a step's own assertion.
        reason: why it did not pass.
        said: by check the sentences of its findings.
    """

    title: str
    verdict: Verdict
    checks: tuple[str, ...] = ()
    reason: str = ""
    said: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Cell:
    """One scenario on one broken service.

    Attributes:
        scenario: its title.
        outcome: what became of it.
        expected: the checks by whose findings, by each of them, it must fail; empty where it need not.
        found: the checks by whose findings it failed.
        reason: why it did not pass.
    """

    scenario: str
    outcome: Outcome
    expected: tuple[str, ...] = ()
    found: tuple[str, ...] = ()
    reason: str = ""


def judge(
    chosen: Sabotage, seen: Iterable[Seen], left_out: Iterable[str] = (), absent: str = NOT_CHOSEN
) -> tuple[Cell, ...]:
    """The cells of a sabotage: first the scenarios that must fail on it, then the others in their order.

    Args:
        chosen: the sabotage.
        seen: what its drill found.
        left_out: the scenarios in which the service never asks for the decision; they come last.
        absent: why one that must fail is not among what the drill found.
    """
    ran = {each.title: each for each in seen}
    must = [ran.get(title, Seen(title, Verdict.NOT_RUN, reason=absent)) for title in chosen.must]
    others = (each for each in ran.values() if each not in must)
    return (
        *(_cell(chosen, each) for each in (*must, *others)),
        *(Cell(title, Outcome.NEVER_ASKS) for title in left_out),
    )


def exit_code(cells: Sequence[Cell]) -> int:
    """0 the drill is as good as is declared, 1 it is not, 2 not known of something, or one that must fail never ran."""
    outcomes = {cell.outcome for cell in cells}
    if outcomes & AGAINST:
        return NOT_HELD
    unshown = any(cell.outcome is Outcome.NOT_RUN and cell.expected for cell in cells)
    return UNDECIDED if unshown or Outcome.NO_VERDICT in outcomes or Outcome.CAUGHT not in outcomes else ALL_CAUGHT


def _cell(chosen: Sabotage, seen: Seen) -> Cell:
    found = tuple(dict.fromkeys(check or ITS_STEPS for check in seen.checks)) if seen.verdict is Verdict.FAIL else ()
    expected = chosen.must.get(seen.title, ())
    return Cell(seen.title, _outcome(chosen, seen, expected, found), expected, found, seen.reason)


def _outcome(chosen: Sabotage, seen: Seen, expected: Sequence[str], found: Sequence[str]) -> Outcome:
    match seen.verdict:
        case Verdict.NOT_RUN | Verdict.NOT_ADDRESSED:
            return Outcome.NOT_RUN
        case Verdict.PASS:
            return Outcome.MISSED if expected else Outcome.PASSED
        case _ if seen.title in chosen.may:
            return Outcome.ALLOWED
        case Verdict.NO_VERDICT:
            return Outcome.NO_VERDICT
        case Verdict.FAIL if not expected:
            return Outcome.BROKEN
        case Verdict.FAIL:
            as_declared = set(expected) <= set(found) and all(_is_said(chosen, seen, check) for check in expected)
            return Outcome.CAUGHT if as_declared else Outcome.OTHER_REASON


def _is_said(chosen: Sabotage, seen: Seen, check: str) -> bool:
    """Where it is declared what a check must say, one of its findings does."""
    piece = chosen.says.get(check)
    return piece is None or any(piece in sentence for sentence in seen.said.get(check, ()))
