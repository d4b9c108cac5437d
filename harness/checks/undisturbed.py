"""SW-6, SW-5: a request that is refused disturbs nobody: every write over the address was acknowledged. Unit: writes.

A client counts from its first acknowledgement on, since a first login may fail for want of a core of ours; one that
never got any counts from the beginning. What may have ended by our own doing leaves no verdict: in a stall of our own
load, or long after its last request, when what is still unanswered is cut.

Does not flag: how long a write took; what is refused elsewhere than at the address.
"""

from typing import Final

import numpy as np

from hadrill.harness.checks.columns import WRITES, Mask, are, select, some_keys
from hadrill.harness.checks.groups import Groups
from hadrill.harness.checks.wording import moment, number_of
from hadrill.harness.model.history import History
from hadrill.harness.model.operation import Operations, Outcome, Way
from hadrill.harness.model.verdict import Finding, Judgement, Measure

CHECK: Final = "undisturbed"
CUT_AFTER_NS: Final = 500_000_000
"""From the last request of a load that is stopped: what ends sooner was not cut by us, which comes after seconds."""


def undisturbed(history: History) -> Judgement:
    """Look for a customer's write that was refused or whose answer never came."""
    writes = select(history.operations, are(history.operations, WRITES, way=Way.ADDRESS))
    measure = Measure("writes over the address", float(len(writes)), "writes")
    if not len(writes):
        return Judgement(CHECK, measures=(measure,), undecided="nobody wrote over the address")
    disturbed = select(writes, ~are(writes, outcome=Outcome.ACKNOWLEDGED) & _at_work(writes))
    ours = _may_be_ours(history, disturbed)
    theirs, doubted = select(disturbed, ~ours), select(disturbed, ours)
    findings = (Finding(CHECK, _sentence(history, theirs), some_keys(theirs)),) if len(theirs) else ()
    doubt = f"{_sentence(history, doubted)}, in a stall or at the end of our own load" if len(doubted) else ""
    return Judgement(CHECK, findings, (measure,), doubt)


def _at_work(writes: Operations) -> Mask:
    """Which were sent once their client had been acknowledged something, or by one that never was."""
    since_ns = np.zeros(int(writes["client"].max()) + 1, dtype=np.int64)
    acknowledged = select(writes, are(writes, outcome=Outcome.ACKNOWLEDGED))
    by_client = Groups.of(acknowledged["client"])
    since_ns[by_client.numbers] = by_client.smallest(acknowledged["received_ns"])
    mask: Mask = writes["sent_ns"] >= since_ns[writes["client"]]
    return mask


def _may_be_ours(history: History, disturbed: Operations) -> Mask:
    """Which overlap a stall of our own load, or ended long after its last request."""
    mask: Mask = disturbed["received_ns"] > history.operations["sent_ns"].max() + CUT_AFTER_NS
    for stall in history.stalls:
        began_ns, ended_ns = stall.began_ns, stall.began_ns + stall.length_ns
        mask |= (disturbed["sent_ns"] <= ended_ns) & (disturbed["received_ns"] >= began_ns)
    return mask


def _sentence(history: History, writes: Operations) -> str:
    first = moment(history, int(writes["sent_ns"].min()))
    return f"{number_of(len(writes), 'write')} over the address had no acknowledgement, the first sent at {first}"
