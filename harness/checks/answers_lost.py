"""HA-4: commits were carried out whose answers never came; a pass by luck is no pass. Unit: writes.

Says nothing against the drilled system: it has no findings, only doubt.
"""

from typing import Final

from hadrill.harness.checks.columns import WRITES, are, difference, distinct, select
from hadrill.harness.model.fault import FaultRecord
from hadrill.harness.model.history import History
from hadrill.harness.model.operation import Outcome, Way
from hadrill.harness.model.verdict import Judgement, Measure

CHECK: Final = "answers lost"


def answers_lost(history: History, fault: FaultRecord) -> Judgement:
    """Count the customers' writes that nobody was told of, under way while the fault stood and there in the end.

    Args:
        history: with load over the address; ``present`` must have been read, or there is no verdict.
        fault: the one that keeps answers back.
    """
    name = "writes carried out and never answered"
    if history.present is None:
        measure = Measure(name, None, "writes")
        return Judgement(CHECK, measures=(measure,), undecided="the rows that the instance held were never read back")
    unknown = select(history.operations, are(history.operations, WRITES, Outcome.INDETERMINATE, Way.ADDRESS))
    stood = unknown["received_ns"] > fault.injected_ns
    if fault.healed_ns is not None:
        stood &= unknown["sent_ns"] < fault.healed_ns
    open_keys = distinct(unknown["key"][stood])
    count = len(open_keys) - len(difference(open_keys, history.present))
    doubt = "" if count else "every write that was carried out was answered"
    return Judgement(CHECK, measures=(Measure(name, float(count), "writes"),), undecided=doubt)
