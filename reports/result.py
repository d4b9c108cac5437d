"""``result.json``: built from a run's folder, written into it."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from hadrill.harness.model.requirement import Requirement
from hadrill.harness.model.verdict import Measure, Verdict
from hadrill.reports.files import write_private
from hadrill.reports.record import Recorded, RunRecord, ScenarioRecord, read_record
from hadrill.reports.ruling import exit_code, judgements_on, rule_clause, rule_run, rule_scenario
from hadrill.reports.schema import (
    ClauseResult,
    FindingResult,
    MeasureResult,
    Result,
    RunResult,
    ScenarioResult,
    UnaddressedResult,
    UndecidedResult,
)

RESULT = "result.json"


def build_result(folder: Path) -> Result:
    """What the run in that folder found; made anew from plan and journal at each call.

    Raises:
        HarnessTrouble: plan or journal is missing or damaged.
    """
    return result_of(read_record(folder))


def write_result(folder: Path) -> Result:
    """Build the result and write ``result.json`` at one stroke, readable by its owner alone."""
    result = build_result(folder)
    write_private(folder / RESULT, result.model_dump_json(indent=2) + "\n")
    return result


def result_of(run: RunRecord) -> Result:
    """The result as data; pure."""
    return Result(
        run=_run(run),
        verdict=rule_run(run),
        exit_code=exit_code(run),
        clauses={clause: _clause(clause, run) for clause in _clauses(run)},
        scenarios=tuple(_scenario(scenario) for scenario in run.scenarios),
        not_addressed=tuple(_unaddressed(run)),
        warnings=tuple(dict.fromkeys(_warnings(run))),
    )


def _run(run: RunRecord) -> RunResult:
    return RunResult(
        name=run.plan.run,
        started=run.started,
        ended=run.last_seen if run.finished else None,
        finished=run.finished,
        seed=run.plan.seed,
        versions=run.versions,
        objectives_sha256=run.plan.objectives_sha256,
        environment=run.plan.environment,
        server_files=", ".join(run.server_files),
        sabotage=run.plan.sabotage,
        jobs=run.plan.jobs,
    )


def _clauses(run: RunRecord) -> tuple[str, ...]:
    """Ids of the clauses that the run speaks of: those of the catalogue in its order, then strangers."""
    spoken = {clause: None for scenario in run.scenarios for clause in scenario.planned.clauses}
    judged = {one.clause: None for scenario in run.scenarios for one in scenario.judgements if one.clause}
    every = spoken | judged
    known = [requirement.id for requirement in run.plan.requirements if requirement.id in every]
    return tuple(dict.fromkeys([*known, *every]))


def _clause(clause: str, run: RunRecord) -> ClauseResult:
    requirement = _requirement(clause, run)
    showing = [one for one in run.scenarios if clause in one.planned.clauses or judgements_on(clause, one)]
    return ClauseResult(
        verdict=rule_clause(clause, showing),
        title=requirement.title,
        document=requirement.document,
        section=requirement.section,
        measures=tuple(measure_result(m, one) for one in showing for m in _measures(judgements_on(clause, one))),
        findings=tuple(finding for one in showing for finding in _findings(clause, one)),
        undecided=tuple(reason for one in showing for reason in _undecided(clause, one)),
        scenarios=tuple(one.planned.id for one in showing),
    )


def _requirement(clause: str, run: RunRecord) -> Requirement:
    stranger = Requirement(clause, document="", section="", kind="", title=clause, quotes=(), severity="normal")
    return next((one for one in run.plan.requirements if one.id == clause), stranger)


def _measures(judgements: Iterable[Recorded]) -> Iterator[Measure]:
    return (measure for recorded in judgements for measure in recorded.judgement.measures)


def measure_result(measure: Measure, scenario: ScenarioRecord) -> MeasureResult:
    """A measure of that scenario, with what its objective makes of it."""
    objective, value = measure.objective, measure.value
    return MeasureResult(
        name=measure.name,
        value=value,
        unit=measure.unit,
        resolution=measure.resolution,
        objective=objective.name if objective else None,
        limit=objective.limit if objective else None,
        within=value <= objective.limit if objective is not None and value is not None else None,
        scenario=scenario.planned.id,
    )


def _findings(clause: str, scenario: ScenarioRecord) -> Iterator[FindingResult]:
    name = scenario.planned.id
    for recorded in judgements_on(clause, scenario):
        for finding in recorded.judgement.findings:
            yield FindingResult(scenario=name, check=finding.check, sentence=finding.sentence, keys=finding.keys)
    ruling = rule_scenario(scenario)
    if ruling.verdict is not Verdict.FAIL or clause not in scenario.planned.clauses:
        return
    judged = any(one.judgement.findings for one in scenario.judgements)
    for sentence in scenario.asserted or (() if judged else (ruling.reason,)):
        yield FindingResult(scenario=name, check="", sentence=sentence, keys=())


def _undecided(clause: str, scenario: ScenarioRecord) -> Iterator[UndecidedResult]:
    reasons = [one.judgement.undecided for one in judgements_on(clause, scenario) if one.judgement.undecided]
    ruling = rule_scenario(scenario)
    if ruling.verdict in {Verdict.NO_VERDICT, Verdict.NOT_RUN} and clause in scenario.planned.clauses:
        reasons.append(ruling.reason)
    return (UndecidedResult(scenario=scenario.planned.id, reason=reason) for reason in dict.fromkeys(reasons))


def _scenario(scenario: ScenarioRecord) -> ScenarioResult:
    ruling = rule_scenario(scenario)
    return ScenarioResult(
        id=scenario.planned.id,
        title=scenario.planned.title,
        feature=scenario.planned.feature,
        line=scenario.planned.line,
        clauses=scenario.planned.clauses,
        timed=scenario.planned.timed,
        status=scenario.status,
        verdict=ruling.verdict,
        seconds=scenario.seconds,
        reason=ruling.reason,
    )


def _unaddressed(run: RunRecord) -> Iterator[UnaddressedResult]:
    for planned in run.plan.not_addressed:
        yield UnaddressedResult(clause=planned.clause, scenario=None, reason=planned.reason)
    for scenario in run.scenarios:
        if scenario.status == "not addressed":
            for clause in scenario.planned.clauses:
                yield UnaddressedResult(clause=clause, scenario=scenario.planned.id, reason=scenario.reason)


def _warnings(run: RunRecord) -> Iterator[str]:
    yield from run.plan.warnings
    yield from run.warnings
    yield from (trouble.sentence for trouble in run.troubles)
    for scenario in run.scenarios:
        for recorded in scenario.judgements:
            yield from (f"{scenario.planned.id}: {warning}" for warning in recorded.judgement.warnings)
