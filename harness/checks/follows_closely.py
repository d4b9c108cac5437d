"""SW-2: under load the secondary shows every acknowledged write within its objective. Unit: seconds.

See lag_series.py for what the lag at a look is. Looked at is the secondary itself, past every link, since customers
cannot (SW-3).

Does not flag: what the secondary has received and not yet applied is lag here; ``received`` asks for it alone.
"""

from dataclasses import replace
from typing import Final

import numpy as np

from hadrill.harness.checks.lag_series import lag_series
from hadrill.harness.checks.staleness import exceeds
from hadrill.harness.model.history import History
from hadrill.harness.model.operation import Way
from hadrill.harness.model.verdict import Finding, Judgement, Measure, Objective

CHECK: Final = "follows closely"


def follows_closely(history: History, objective: Objective, node: str, until_ns: int | None = None) -> Judgement:
    """Hold the worst lag of a server to its objective.

    Args:
        history: with a reader at the server's own port and writers that it watches.
        objective: in seconds.
        node: where the secondary runs.
        until_ns: what was answered later is left out, since something was broken from then on.
    """
    if until_ns is not None:
        earlier = history.operations[history.operations["received_ns"] <= until_ns]
        history = replace(history, operations=earlier)
    series = next((each for each in lag_series(history, (Way.RACK, Way.NODE)) if each.node == node), None)
    if series is None:
        measure = Measure(f"worst lag of {node}", None, "s", objective=objective)
        return Judgement(CHECK, measures=(measure,), undecided=f"no reader was shown anything at {node}")
    finding, doubt = exceeds(history, series, objective)
    worst = int(series.lag_s.argmax())
    resolution_s = series.resolution_s(history, worst)
    measures = (
        Measure(f"worst lag of {node}", float(series.lag_s[worst]), "s", resolution_s, objective),
        Measure(f"lag of {node}, 99th percentile", float(np.percentile(series.lag_s, 99)), "s", resolution_s),
        Measure(f"looks at {node}", float(len(series.at_ns)), "looks"),
    )
    findings = (Finding(CHECK, finding),) if finding else ()
    return Judgement(CHECK, findings, measures, "; ".join(each for each in (doubt, series.doubt) if each))
