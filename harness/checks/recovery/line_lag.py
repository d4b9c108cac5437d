"""DR-4: the lag over a line while a load runs, as a distribution. Unit: seconds.

It is measured once the line is in use: what was connected has to connect again when one is laid, and to catch up with
what was written meanwhile, which says nothing about the line. The resolution is that of the worst look, as for
``staleness``.

Does not flag: anything where no objective is given; what is lost when the line breaks (``data loss``).
"""

from typing import Final

import numpy as np

from hadrill.harness.checks.lag_series import LagSeries, lag_series
from hadrill.harness.checks.staleness import exceeds
from hadrill.harness.model.fault import FaultRecord
from hadrill.harness.model.history import History
from hadrill.harness.model.operation import Way
from hadrill.harness.model.verdict import Finding, Judgement, Measure, Objective

CHECK: Final = "line lag"
HELD: Final = "99th percentile"
QUANTILES: Final = {"median": 50, "95th percentile": 95, HELD: 99, "worst": 100}


def line_lag(
    history: History, objective: Objective | None, line: FaultRecord, name: str, in_use_ns: int = 0
) -> Judgement:
    """Measure the lag from the moment that a line was as it should be, and in use, to its end.

    Args:
        history: with readers over ``Way.RECOVERY``.
        objective: in seconds, for the 99th percentile; None to measure alone.
        line: what makes the link a line of that kind, and for how long.
        name: of the line, in words.
        in_use_ns: when a reader had been shown what was written since it was laid, or that was waited for no longer.
    """
    series = next(iter(lag_series(history, (Way.RECOVERY,))), None)
    within = _within(series, line, in_use_ns) if series else None
    if within is None or not len(within.at_ns):
        return Judgement(CHECK, undecided=f"no reader was shown anything while there was {name}")
    figures = {which: float(np.percentile(within.lag_s, quantile)) for which, quantile in QUANTILES.items()}
    resolution_s = within.resolution_s(history, int(within.lag_s.argmax()))
    measures = [
        Measure(f"lag over {name}, {which}", value, "s", resolution_s, objective if which == HELD else None)
        for which, value in figures.items()
    ]
    measures.append(Measure(f"looks over {name}", float(len(within.at_ns)), "looks"))
    if objective is None or figures[HELD] <= objective.limit:
        return Judgement(CHECK, measures=tuple(measures), undecided=within.doubt)
    finding, doubt = exceeds(history, within, objective)
    return Judgement(CHECK, (Finding(CHECK, finding),) if finding else (), tuple(measures), doubt or within.doubt)


def _within(series: LagSeries, line: FaultRecord, in_use_ns: int) -> LagSeries:
    there = series.at_ns >= max(line.effective_ns, in_use_ns)
    if line.heal_began_ns is not None:
        there &= series.at_ns < line.heal_began_ns
    return LagSeries(series.node, series.at_ns[there], series.lag_s[there], series.doubt)
