"""From what was recorded to verdicts and the exit code; pure (design decisions 8, 9 and 14)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from hadrill.harness.model.verdict import Verdict, worst
from hadrill.reports.record import Recorded, RunRecord, ScenarioRecord

NOT_FINISHED: Final = 3
EXIT_CODES: Final = {
    Verdict.PASS: 0,
    Verdict.NOT_ADDRESSED: 0,
    Verdict.FAIL: 1,
    Verdict.NO_VERDICT: 2,
    Verdict.NOT_RUN: NOT_FINISHED,
}


@dataclass(frozen=True, slots=True)
class Ruling:
    """A scenario's verdict and, unless it passed, why, in a sentence."""

    verdict: Verdict
    reason: str = ""


def rule_scenario(scenario: ScenarioRecord) -> Ruling:
    """The verdict of one scenario.

    A failing judgement that was written after an instrument had failed is held against the instrument, never against
    the drilled system. A step's own assertion (a refusal that was not given, say) fails the scenario without a
    judgement, also where a check was left undecided. A scenario that no check judged has no verdict.
    """
    failing = next((sentence for sentence in _trusted_findings(scenario)), None)
    if failing is not None:
        return Ruling(Verdict.FAIL, failing)
    if scenario.troubles:
        return Ruling(Verdict.NO_VERDICT, scenario.troubles[0].sentence)
    match scenario.status:
        case "":
            why = "never began" if scenario.began_ns is None else "began and never ended"
            return Ruling(Verdict.NOT_RUN, why)
        case "not addressed":
            return Ruling(Verdict.NOT_ADDRESSED, scenario.reason)
        case _:
            return _rule_ended(scenario)


def rule_clause(clause: str, scenarios: Iterable[ScenarioRecord]) -> Verdict:
    """The worst verdict among the clause's scenarios.

    Where a scenario is about other clauses and only one of its checks names this one, that check's verdict counts.
    """
    return worst(verdict for scenario in scenarios for verdict in _verdicts_on(clause, scenario))


def rule_run(run: RunRecord) -> Verdict:
    """The worst of all scenarios; without a closing line, or with an instrument's failure, never a pass."""
    verdicts = [rule_scenario(scenario).verdict for scenario in run.scenarios]
    if run.troubles:
        verdicts.append(Verdict.NO_VERDICT)
    if not run.finished:
        verdicts.append(Verdict.NOT_RUN)
    return worst(verdicts)


def exit_code(run: RunRecord) -> int:
    """What the call ends with; *not finished* outranks the rest."""
    return EXIT_CODES[rule_run(run)] if run.finished else NOT_FINISHED


def judgements_on(clause: str, scenario: ScenarioRecord) -> tuple[Recorded, ...]:
    """The scenario's judgements that speak of that clause."""
    shown = clause in scenario.planned.clauses
    return tuple(one for one in scenario.judgements if one.clause == clause or (shown and not one.clause))


def _trusted_findings(scenario: ScenarioRecord) -> Iterable[str]:
    first_trouble = min((trouble.seq for trouble in scenario.troubles), default=None)
    for recorded in scenario.judgements:
        if first_trouble is None or recorded.seq < first_trouble:
            yield from (finding.sentence for finding in recorded.judgement.findings)


def _rule_ended(scenario: ScenarioRecord) -> Ruling:
    if scenario.status == "failed":
        return Ruling(Verdict.FAIL, scenario.reason)
    undecided = [one.judgement for one in scenario.judgements if one.judgement.verdict is Verdict.NO_VERDICT]
    if undecided:
        return Ruling(Verdict.NO_VERDICT, undecided[0].undecided or f"{undecided[0].check} left a value unmeasured")
    if scenario.status != "passed":
        return Ruling(Verdict.NO_VERDICT, scenario.reason or f"its steps ended as {scenario.status}")
    if not scenario.judgements:
        return Ruling(Verdict.NO_VERDICT, "no check judged it")
    return Ruling(Verdict.PASS)


def _verdicts_on(clause: str, scenario: ScenarioRecord) -> Iterable[Verdict]:
    if clause in scenario.planned.clauses:
        return [rule_scenario(scenario).verdict]
    return [recorded.judgement.verdict for recorded in scenario.judgements if recorded.clause == clause]
