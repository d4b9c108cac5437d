"""HA-3, HA-4: the fault struck while there was something to lose; a pass by luck is no pass. Unit: writes.

Only a write that nobody had answered yet may be at the primary alone: one that was acknowledged is with the secondary,
where the service keeps its promise.

Says nothing against the drilled system: it has no findings, only doubt.
"""

from typing import Final

from hadrill.harness.checks.columns import WRITES, are
from hadrill.harness.checks.wording import event_name
from hadrill.harness.model.fault import FaultRecord
from hadrill.harness.model.history import History
from hadrill.harness.model.operation import Outcome, Way
from hadrill.harness.model.verdict import Judgement, Measure

CHECK: Final = "in flight"


def in_flight(history: History, fault: FaultRecord, window_s: float = 0.1) -> Judgement:
    """Count the customers' writes that were under way at the fault, and those just acknowledged, which it may lose.

    Args:
        history: with load over the address.
        fault: the one that takes the primary.
        window_s: seconds before the injection in which an acknowledged write may not have left the primary yet, where
            the promise is broken.
    """
    writes = are(history.operations, WRITES, way=Way.ADDRESS)
    sent_ns, received_ns = history.operations["sent_ns"], history.operations["received_ns"]
    at_ns = fault.injected_ns
    flying = writes & ~are(history.operations, outcome=Outcome.REFUSED) & (sent_ns <= at_ns) & (received_ns > at_ns)
    recent = are(history.operations, outcome=Outcome.ACKNOWLEDGED) & writes
    recent &= (received_ns <= at_ns) & (received_ns > at_ns - round(window_s * 1e9))
    measures = (
        Measure("writes in flight at the fault", float(flying.sum()), "writes"),
        Measure(f"writes acknowledged in the {window_s:g} s before it", float(recent.sum()), "writes"),
    )
    doubt = "" if flying.any() else f"no write was under way when {event_name(fault)} struck"
    return Judgement(CHECK, measures=measures, undecided=doubt)
