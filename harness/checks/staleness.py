"""SW-8: how stale what each read-only instance shows is, over time. Unit: seconds.

See lag_series.py for what the staleness at a look is. Held to the objective is the worst look; one that exceeds it by
less than our own stalls in that time leaves no verdict. The resolution is the 99th percentile of the time between
looks plus the longest of our own stalls while the missing write was waited for.

Does not flag: times in which a read-only instance answered nobody; rows that are shown before they are acknowledged.
"""

from typing import Final

import numpy as np

from hadrill.harness.checks.gaps import beyond
from hadrill.harness.checks.lag_series import LagSeries, lag_series
from hadrill.harness.checks.wording import moment
from hadrill.harness.model.history import History
from hadrill.harness.model.operation import Way
from hadrill.harness.model.verdict import Finding, Judgement, Measure, Objective

CHECK: Final = "staleness"


def staleness(history: History, objective: Objective | None = None) -> Judgement:
    """Measure every read-only instance that readers looked at; hold the worst look of each to the objective.

    Args:
        history: with readers over ``Way.READ_ONLY`` and writers that they watch.
        objective: in seconds; None to measure alone.
    """
    all_series = lag_series(history, (Way.READ_ONLY,))
    measures = tuple(measure for series in all_series for measure in _measures(history, series, objective))
    exceeded = [exceeds(history, series, objective) for series in all_series if objective is not None]
    findings = tuple(Finding(CHECK, finding) for finding, _ in exceeded if finding)
    doubts = [series.doubt for series in all_series if series.doubt] + [doubt for _, doubt in exceeded if doubt]
    if not all_series:
        doubts = ["no reader was shown anything at a read-only instance"]
    return Judgement(CHECK, findings, measures, "; ".join(doubts))


def exceeds(history: History, series: LagSeries, objective: Objective | None) -> tuple[str, str]:
    """The finding where the worst look exceeds the objective, or why our own stalls leave none; empty ones if not."""
    if objective is None:
        return "", ""
    worst = int(series.lag_s.argmax())
    sentence = (
        f"at {moment(history, int(series.at_ns[worst]))} {series.node} did not show a write that had been acknowledged "
        f"{series.lag_s[worst]:.3f} s before; allowed {objective.limit:g} s ({objective.name})"
    )
    return beyond(sentence, history.stalls, series.gap(worst), objective.limit)


def _measures(history: History, series: LagSeries, objective: Objective | None) -> tuple[Measure, ...]:
    worst, name = int(series.lag_s.argmax()), f"staleness of {series.node}"
    resolution_s = series.resolution_s(history, worst)
    settled = series.settled(worst)
    back_s = None if settled is None else float(series.at_ns[settled] - series.at_ns[worst]) / 1e9
    return (
        Measure(f"{name}, worst", float(series.lag_s[worst]), "s", resolution_s, objective),
        Measure(f"{name}, 99th percentile", float(np.percentile(series.lag_s, 99)), "s", resolution_s),
        Measure(f"{name}, at the last look", float(series.lag_s[-1]), "s", resolution_s),
        Measure(f"{name}, from the worst look until it was gone", back_s, "s", resolution_s),
    )
