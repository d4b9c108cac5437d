"""What each scenario asks the service for, since changing anything else changes nothing, and what judges it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from hadrill.harness.drill.stage import ASKED
from hadrill.harness.model.verdict import Verdict
from hadrill.reports.record import read_record
from hadrill.reports.schema import Result

WORTH_ITS_DRILL: Final = 3
"""From so many sabotages on, a drill of the true service saves more than it takes."""


@dataclass(frozen=True, slots=True)
class Asking:
    """What a drill of the true service showed.

    Attributes:
        run: its name; empty where there was none.
        decisions: by title what each scenario's service asked for; None where that is not known.
        checks: by title those that each scenario was judged by.
    """

    run: str = ""
    decisions: Mapping[str, frozenset[str] | None] = field(default_factory=dict)
    checks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def left_out(self, decision: str) -> tuple[str, ...]:
        """The scenarios that never ask for it; none where what is changed is no decision."""
        if not decision:
            return ()
        return tuple(title for title, asked in self.decisions.items() if asked is not None and decision not in asked)

    def touched(self, decision: str) -> tuple[str, ...]:
        """All others."""
        left_out = self.left_out(decision)
        return tuple(title for title in self.decisions if title not in left_out)


def asking_in(result: Result, folder: Path) -> Asking:
    """What the scenarios of a drill asked for; of one that did not pass, and may have ended early, it is not known.

    Args:
        result: of a drill in which each scenario had a service of its own.
        folder: of that drill.

    Raises:
        HarnessTrouble: its journal is damaged.
    """
    decisions = {
        one.title: _read(folder / "logs" / one.id / ASKED) if one.verdict is Verdict.PASS else None
        for one in result.scenarios
    }
    checks = {
        one.planned.title: tuple(dict.fromkeys(recorded.judgement.check for recorded in one.judgements))
        for one in read_record(folder).scenarios
    }
    return Asking(result.run.name, decisions, checks)


def _read(path: Path) -> frozenset[str] | None:
    return frozenset(path.read_text().split()) if path.exists() else None
