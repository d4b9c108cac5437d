"""DR-6: what a promoted instance lacks of what its master had acknowledged. Units: rows, and seconds before the cut.

The link is asynchronous, so that something may be missing. It is counted by key, and its age is how long before the
cut it had been acknowledged. Held to the objective is the age of the oldest missing write: all
that is older had arrived. What the master acknowledged after the cut is diverged, and no loss (``divergence``); except
where it had to be closed by then (a switch back, DR-17): there its customers were promised what nobody keeps.

Does not flag: rows on the promoted instance that nobody was acknowledged.
"""

from typing import Final

import numpy as np

from hadrill.harness.checks.columns import WRITES, are, difference, select, some_keys
from hadrill.harness.checks.lag_series import lag_series
from hadrill.harness.checks.recovery.master_writes import cut_over_ns, last_snapshot, master_writes
from hadrill.harness.checks.wording import event_began_ns, event_name, number_of
from hadrill.harness.model.fault import FaultRecord
from hadrill.harness.model.history import History, SwitchRecord
from hadrill.harness.model.operation import Operations, Way
from hadrill.harness.model.verdict import Finding, Judgement, Measure, Objective

CHECK: Final = "data loss"


def data_loss(
    history: History, objective: Objective, cut: FaultRecord | SwitchRecord, place: str, closes: bool = False
) -> Judgement:
    """Compare what was acknowledged before the cut with the last snapshot of the promoted instance.

    Args:
        history: with a snapshot of it, and readers over ``Way.RECOVERY``.
        objective: in seconds (the age of the oldest missing write) or in rows.
        cut: what ended the replication, or the request that did.
        place: the snapshot's.
        closes: the cut closes the master, so that whatever that acknowledges later is lost, too.
    """
    snapshot, writes = last_snapshot(history, place), master_writes(history, cut)
    due = np.concatenate([writes.before, writes.after]) if closes else writes.before
    if snapshot is None or not len(due):
        doubt = "no write had been acknowledged before it" if snapshot else f"the rows of {place} were never read"
        return Judgement(CHECK, undecided=f"what {event_name(cut)} lost is not known: {doubt}")
    missing = select(due, np.isin(due["key"], difference(due["key"], snapshot.keys)))
    began_ns = event_began_ns(cut)
    ages_s = np.maximum(began_ns - missing["received_ns"], 0) / 1e9
    by_unit = {"s": float(ages_s.max(initial=0.0)), "rows": float(len(missing))}
    lag_s = _lag_before(history, began_ns)
    measures = (
        Measure("acknowledged writes that did not arrive", by_unit["rows"], "rows", objective=_of(objective, "rows")),
        Measure("age of the oldest one", by_unit["s"], "s", objective=_of(objective, "s")),
        Measure("age of the newest one", float(ages_s.min(initial=by_unit["s"])), "s"),
        Measure("lag just before", lag_s, "s"),
    )
    findings = _beyond(objective, by_unit, missing, cut)
    return Judgement(CHECK, findings, measures, _not_tried(history, cut) if closes else "")


def _not_tried(history: History, cut: FaultRecord | SwitchRecord) -> str:
    """Why it is not known that the master was closed; empty where somebody tried to write there."""
    operations = history.operations
    tried = are(operations, WRITES) & (operations["way"] != Way.RECOVERY) & (operations["sent_ns"] > cut_over_ns(cut))
    return "" if tried.any() else f"nobody tried to write at the old side after {event_name(cut)}"


def _beyond(
    objective: Objective, by_unit: dict[str, float], missing: Operations, cut: FaultRecord | SwitchRecord
) -> tuple[Finding, ...]:
    if by_unit[objective.unit] <= objective.limit:
        return ()
    sentence = (
        f"{number_of(len(missing), 'acknowledged write')} did not arrive before {event_name(cut)}, the oldest of them "
        f"{by_unit['s']:.3f} s old; allowed {objective.limit:g} {objective.unit} ({objective.name})"
    )
    return (Finding(CHECK, sentence, some_keys(missing)),)


def _of(objective: Objective, unit: str) -> Objective | None:
    return objective if objective.unit == unit else None


def _lag_before(history: History, began_ns: int) -> float | None:
    """As the judge's own reader saw it last before the cut; None where it saw nothing."""
    seen = [
        (int(series.at_ns[place]), float(series.lag_s[place]))
        for series in lag_series(history, (Way.RECOVERY,))
        for place in [int(np.searchsorted(series.at_ns, began_ns)) - 1]
        if place >= 0
    ]
    return max(seen)[1] if seen else None
