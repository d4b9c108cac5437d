"""SW-8: the lag of read-only instances across a switch or a failover. Unit: seconds.

See lag_series.py for what the lag at a look is. From the event on it may rise, stays within its objective, is gone
again while load goes on, and in the end every acknowledged write has arrived. A lag of up to ``SETTLED_S`` counts as
gone. What nobody could look at is not known: no verdict where readers were shown nothing for longer than the objective;
nor is there one where it is to rise and was never seen to.

Does not flag: the lag before the event; rows that are shown before they are acknowledged (``phantom reads`` counts
those that vanish).
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from hadrill.harness.checks.arrival import arrived
from hadrill.harness.checks.lag_series import SETTLED_S, LagSeries, series_of, watched
from hadrill.harness.checks.staleness import exceeds
from hadrill.harness.checks.wording import event_began_ns, event_name
from hadrill.harness.model.fault import FaultRecord
from hadrill.harness.model.history import History, SwitchRecord
from hadrill.harness.model.operation import Way
from hadrill.harness.model.verdict import Finding, Judgement, Measure, Objective

CHECK: Final = "lag"


def lag(
    history: History,
    objective: Objective,
    since: FaultRecord | SwitchRecord,
    nodes: tuple[str, ...],
    rises: bool = False,
) -> Judgement:
    """Follow the lag of these read-only servers across one event.

    Args:
        history: with readers over ``Way.READ_ONLY`` at each of them, before the event and after it.
        objective: in seconds.
        since: the fault, or the switch that was asked for.
        nodes: where the read-only servers run.
        rises: what was done meanwhile has them fall behind.
    """
    seen = watched(history, (Way.READ_ONLY,))
    followed = {series.node: series for series in series_of(history, seen)}
    findings: list[Finding] = []
    measures: list[Measure] = []
    doubts = [] if nodes else ["no read-only server was named"]
    for node in nodes:
        if node not in followed:
            measures.append(Measure(f"worst lag of {node}", None, "s", objective=objective))
            doubts.append(f"no reader was shown anything at {node}")
            continue
        series = followed[node]
        sentences, told, unknown = _across(history, series, objective, since, rises)
        missing, unseen = arrived(history, CHECK, node, seen)
        findings += [*(Finding(CHECK, sentence) for sentence in sentences), *missing]
        measures += told
        doubts += [doubt for doubt in (*unknown, unseen, series.doubt) if doubt]
    return Judgement(CHECK, tuple(findings), tuple(measures), "; ".join(doubts))


def _across(
    history: History, series: LagSeries, objective: Objective, since: FaultRecord | SwitchRecord, rises: bool
) -> tuple[list[str], list[Measure], list[str]]:
    """Sentences of findings, measures, and reasons for doubt of one server."""
    began_ns, name = event_began_ns(since), f"lag of {series.node}"
    first = int(np.searchsorted(series.at_ns, began_ns))
    if first in (0, len(series.at_ns)):
        measure = Measure(f"worst {name}", None, "s", objective=objective)
        when = "before" if first == 0 else "after"
        return [], [measure], [f"no reader was shown anything at {series.node} {when} {event_name(since)}"]
    later = LagSeries(series.node, series.at_ns[first:], series.lag_s[first:], series.doubt)
    worst = int(later.lag_s.argmax())
    finding, doubt = exceeds(history, later, objective)
    never, open_end = _never_gone(later, worst, objective, since)
    unseen_s = _longest_s(np.append(series.at_ns[first - 1 :], history.operations["sent_ns"].max()))
    blind = f"no reader was shown anything at {series.node} for {unseen_s:.3f} s after {event_name(since)}"
    settled = later.settled(worst)
    measures = [
        Measure(f"{name} before {event_name(since)}", float(series.lag_s[:first].max()), "s"),
        Measure(f"worst {name}", float(later.lag_s[worst]), "s", later.resolution_s(history, worst), objective),
        Measure(f"{name} gone after", None if settled is None else (int(later.at_ns[settled]) - began_ns) / 1e9, "s"),
        Measure(f"longest time without a look at {series.node}", unseen_s, "s"),
    ]
    flat = f"{series.node} was never seen to fall behind" if rises and later.lag_s[worst] <= SETTLED_S else ""
    doubts = [doubt, open_end, blind if unseen_s > objective.limit else "", flat]
    return [sentence for sentence in (finding, never) if sentence], measures, doubts


def _never_gone(
    later: LagSeries, worst: int, objective: Objective, since: FaultRecord | SwitchRecord
) -> tuple[str, str]:
    """The finding, or the reason for doubt where readers stopped before the objective had passed."""
    if later.settled(worst) is not None:
        return "", ""
    looked_s = (int(later.at_ns[-1]) - event_began_ns(since)) / 1e9
    sentence = (
        f"{later.node} was still {later.lag_s[-1]:.3f} s behind at the last look, {looked_s:.3f} s after "
        f"{event_name(since)}"
    )
    return (sentence, "") if looked_s >= objective.limit else ("", sentence)


def _longest_s(at_ns: NDArray[np.int64]) -> float:
    return float(np.diff(at_ns).max(initial=0)) / 1e9
