"""HA-4: the secondary or its link is lost, and writes go on unprotected within the objective. Unit: seconds.

From the loss until its heal begins (or the next event, or the end of the load) customers are never without an
acknowledged write for longer than the objective; and a write that was sent once the loss was complete is acknowledged
in that time: one that nobody but the primary can have.

Does not flag: which server answers (``two primaries``); that the service says it is unprotected.
"""

from typing import Final

from hadrill.harness.checks.columns import customers_writes, select
from hadrill.harness.checks.gaps import beyond, pauses, spacing_s, stalled_s
from hadrill.harness.checks.ownership import events_of
from hadrill.harness.checks.wording import event_name, moment
from hadrill.harness.model.fault import FaultRecord
from hadrill.harness.model.history import History
from hadrill.harness.model.operation import Operations, Outcome
from hadrill.harness.model.verdict import Finding, Judgement, Measure, Objective

CHECK: Final = "unprotected writes"
LONGEST: Final = "longest time without a write after the secondary's loss"
AGAIN: Final = "time to writes without a secondary"


def unprotected_writes(history: History, fault: FaultRecord, objective: Objective) -> Judgement:
    """Measure how long customers wait after the loss of the secondary.

    Args:
        history: with load before and during the loss.
        fault: what takes the secondary, or its link, away.
        objective: in seconds.
    """
    tried = customers_writes(history)
    writes = select(tried, tried["outcome"] == Outcome.ACKNOWLEDGED)
    before = writes["received_ns"][writes["received_ns"] <= fault.injected_ns]
    if len(before) < 2:
        measure = Measure(LONGEST, None, "s", objective=objective)
        doubt = f"too few writes were acknowledged before {event_name(fault)} to measure by"
        return Judgement(CHECK, measures=(measure,), undecided=doubt)
    end_ns = _end_ns(history, fault, tried)
    held = max(pauses(writes["received_ns"], fault.injected_ns, end_ns), key=lambda gap: gap.length_s)
    alone = writes["received_ns"][(writes["sent_ns"] > fault.effective_ns) & (writes["received_ns"] < end_ns)]
    again_s = (int(alone.min()) - fault.injected_ns) / 1e9 if len(alone) else None
    resolution_s = spacing_s(before) + stalled_s(history.stalls, held)[0]
    measures = (
        Measure(LONGEST, held.length_s, "s", resolution_s, objective),
        Measure(AGAIN, again_s, "s", resolution_s),
    )
    sentence = (
        f"{event_name(fault)}, and no write was acknowledged from {moment(history, held.from_ns)} to "
        f"{moment(history, held.until_ns)}, {held.length_s:.3f} s; allowed {objective.limit:g} s ({objective.name})"
    )
    finding, doubt = beyond(sentence, history.stalls, held, objective.limit)
    if again_s is None and not finding:
        doubt = doubt or f"{event_name(fault)} was over before a write could be acknowledged without the secondary"
    return Judgement(CHECK, (Finding(CHECK, finding),) if finding else (), measures, doubt)


def _end_ns(history: History, fault: FaultRecord, tried: Operations) -> int:
    """When the loss begins to be healed, the next event comes, or the load ends."""
    ends_ns = [int(at_ns) for at_ns in events_of(history) if at_ns > fault.injected_ns]
    ends_ns += [] if fault.heal_began_ns is None else [fault.heal_began_ns]
    return min([*ends_ns, int(tried["received_ns"].max())])
