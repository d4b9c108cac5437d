"""DR-2: the loss of one server of a disaster-recovery instance does not stop its reads. Unit: seconds.

Held to the objective is the longest time between two reads answered at its address that overlaps the time from the
fault to the end of the history.

Does not flag: reads that are refused meanwhile, as long as others are answered.
"""

from typing import Final

from hadrill.harness.checks.columns import are, select
from hadrill.harness.checks.gaps import beyond, pauses, spacing_s, stalled_s
from hadrill.harness.checks.read_only_access import READS
from hadrill.harness.checks.wording import event_name, moment
from hadrill.harness.model.fault import FaultRecord
from hadrill.harness.model.history import History
from hadrill.harness.model.operation import Outcome, Way
from hadrill.harness.model.verdict import Finding, Judgement, Measure, Objective

CHECK: Final = "recovery reads"


def recovery_reads(history: History, objective: Objective, fault: FaultRecord) -> Judgement:
    """Measure how long nobody is answered a read after the fault.

    Args:
        history: with readers over ``Way.RECOVERY`` before and after the fault.
        objective: in seconds.
        fault: what took one of its servers.
    """
    tried = select(history.operations, are(history.operations, READS, way=Way.RECOVERY))
    received_ns = tried["received_ns"][tried["outcome"] == Outcome.ACKNOWLEDGED]
    before = received_ns[received_ns <= fault.injected_ns]
    if len(before) < 2:
        measure = Measure("longest time without a read", None, "s", objective=objective)
        return Judgement(CHECK, measures=(measure,), undecided=f"no reads were answered before {event_name(fault)}")
    end_ns = int(history.operations["received_ns"].max())
    held = max(pauses(received_ns, fault.injected_ns, end_ns), key=lambda gap: gap.length_s)
    resolution_s = spacing_s(before) + stalled_s(history.stalls, held)[0]
    sentence = (
        f"after {event_name(fault)} no read was answered at the disaster-recovery instance from "
        f"{moment(history, held.from_ns)} to {moment(history, held.until_ns)}, {held.length_s:.3f} s; allowed "
        f"{objective.limit:g} s ({objective.name})"
    )
    finding, doubt = beyond(sentence, history.stalls, held, objective.limit)
    measure = Measure("longest time without a read", held.length_s, "s", resolution_s, objective)
    return Judgement(CHECK, (Finding(CHECK, finding),) if finding else (), (measure,), doubt)
