"""What a drill's own result means for a soak (pure)."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from hadrill.harness.model.verdict import Verdict
from hadrill.harness.soak.entries import Began, Ended, FalseAlarm, Undecided
from hadrill.reports.schema import Result


def ended(began: Began, result: Result, run: Path, *, at: str, seconds: float, keep: bool) -> Ended:
    """The line for a drill that went to its end.

    Args:
        began: its first line.
        result: what it found.
        run: its folder, below the soak's, which stays where not everything passed.
        at: UTC, ISO 8601.
        seconds: that it took, as a user waits for it.
        keep: the folder stays whatever was found.
    """
    return Ended(
        number=began.number,
        seed=began.seed,
        began=began.began,
        ended=at,
        seconds=round(seconds, 3),
        exit_code=result.exit_code,
        verdicts=dict(Counter(one.verdict.value for one in result.scenarios)),
        false_alarms=tuple(_false_alarms(result)),
        undecided=tuple(_undecided(result)),
        folder=str(run) if keep or result.exit_code else "",
        busy=began.busy,
    )


def _false_alarms(result: Result) -> Iterator[FalseAlarm]:
    """One a scenario, by the check that found it."""
    found = {one.scenario: one.check for clause in result.clauses.values() for one in clause.findings[::-1]}
    for scenario in result.scenarios:
        if scenario.verdict is Verdict.FAIL:
            yield FalseAlarm(scenario.id, found.get(scenario.id, ""), scenario.reason)


def _undecided(result: Result) -> Iterator[Undecided]:
    """Each scenario without a verdict; where none is and the run has none, an instrument failed outside of them."""
    without = [one for one in result.scenarios if one.verdict in {Verdict.NO_VERDICT, Verdict.NOT_RUN}]
    yield from (Undecided(one.id, one.reason) for one in without)
    if not without and result.verdict is Verdict.NO_VERDICT:
        yield Undecided("", "; ".join(result.warnings))
