"""Judgements as text, for whoever reads a scenario's evidence; pure."""

from collections.abc import Iterable, Iterator

from hadrill.harness.model.verdict import Judgement
from hadrill.reports.figures import figures
from hadrill.reports.record import ScenarioRecord
from hadrill.reports.result import measure_result

SHOWN_KEYS = 10
LONGEST = 500
"""Characters of one reason; it may name a hundred rows."""


def in_brief(reason: str, where: str) -> str:
    """A reason as a terminal has room for it: its beginning, and where the rest of it stands."""
    return reason if len(reason) <= LONGEST else f"{reason[:LONGEST].rsplit(' ', 1)[0]} ...; all of it is in {where}"


def judgements_text(scenario: ScenarioRecord) -> str:
    """What each check said of the scenario, with measures and findings; plain text, never markup.

    A judgement stands in the journal once for each clause that it speaks of, and here once for all of them.
    """
    said: dict[Judgement, list[str]] = {}
    for recorded in scenario.judgements:
        said.setdefault(recorded.judgement, []).append(recorded.clause)
    blocks = ["\n".join(_judgement(judgement, clauses, scenario)) for judgement, clauses in said.items()]
    blocks.extend(f"an instrument failed: {trouble.sentence}" for trouble in scenario.troubles)
    return "\n\n".join(blocks) + "\n" if blocks else "no check judged this scenario\n"


def _judgement(judgement: Judgement, clauses: Iterable[str], scenario: ScenarioRecord) -> Iterator[str]:
    shown = ", ".join(clause for clause in clauses if clause)
    yield f"{judgement.check}{f' ({shown})' if shown else ''}: {judgement.verdict.value}"
    for figure in figures(measure_result(measure, scenario) for measure in judgement.measures):
        yield f"  measured: {figure.name}: {figure.value}" + (f", objective {figure.limit}" if figure.limit else "")
    for finding in judgement.findings:
        yield f"  finding: {finding.sentence}" + _keys(finding.keys)
    if judgement.undecided:
        yield f"  undecided: {judgement.undecided}"
    yield from (f"  warning: {warning}" for warning in judgement.warnings)


def _keys(keys: Iterable[int]) -> str:
    shown = [f"{key:#x}" for key in keys]
    more = f" and {len(shown) - SHOWN_KEYS} more" if len(shown) > SHOWN_KEYS else ""
    return f" [keys {', '.join(shown[:SHOWN_KEYS])}{more}]" if shown else ""
