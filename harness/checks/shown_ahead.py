"""SW-8: what a read-only instance ran ahead with is not read there any more once its master's place is taken. Unit: s.

Such rows were sent to it and never acknowledged; nobody holds them against it while the primary lives, and none is to
be shown later than the grace after the first write that another server acknowledged over the address: by then the
instance is closed, and is rebuilt.

Does not flag: how many such rows there were (``phantom reads`` counts them); rows that the instance held in the end.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from hadrill.harness.checks.columns import are, customers_writes, difference, distinct, last_server, select, smallest
from hadrill.harness.checks.wording import event_name, number_of, server_name
from hadrill.harness.model.fault import FaultRecord
from hadrill.harness.model.history import History
from hadrill.harness.model.operation import NO_SERVER, Kind, Operations, Outcome, Way
from hadrill.harness.model.verdict import Finding, Judgement, Measure

CHECK: Final = "shown ahead"
GRACE_S: Final = 3.0
"""A service that closes it first does so in a moment, and one that rebuilds it first takes longer than that."""

SHOWN_FOR: Final = "rows that never were, shown after another server had taken over, for"


def shown_ahead(history: History, fault: FaultRecord, grace_s: float = GRACE_S) -> Judgement:
    """Look for rows that were shown too late and were not there in the end.

    Args:
        history: with readers over ``Way.READ_ONLY``; ``present`` must have been read, or there is no verdict.
        fault: that took the primary away.
        grace_s: seconds after the other server's first answer from which on none may be shown.
    """
    writes = customers_writes(history)
    writes = select(writes, are(writes, outcome=Outcome.ACKNOWLEDGED))
    known = (writes["server"] != last_server(writes, fault.injected_ns)) & (writes["server"] != NO_SERVER)
    elsewhere = select(writes, known & (writes["sent_ns"] >= fault.injected_ns))
    if history.present is None or not len(elsewhere):
        missing = "the rows that the instance held were never read back" if len(elsewhere) else "nobody took its place"
        return _unknown(f"{missing} after {event_name(fault)}")
    first = elsewhere[elsewhere["received_ns"].argmin()]
    taken_ns, allowed_ns = int(first["received_ns"]), int(first["received_ns"]) + round(grace_s * 1e9)
    reads = select(history.operations, are(history.operations, way=Way.READ_ONLY))
    if not (reads["sent_ns"] > allowed_ns).any():
        return _unknown(f"nobody read at a read-only instance later than {grace_s:g} s after that")
    ahead = _ahead(reads, history.present, taken_ns)
    shown_s = (int(ahead["sent_ns"].max(initial=taken_ns)) - taken_ns) / 1e9
    late = distinct(ahead["key"][ahead["sent_ns"] > allowed_ns])
    sentence = (
        f"{number_of(len(late), 'row')} that never were could be read at a read-only instance {shown_s:.3f} s after "
        f"{server_name(history, int(first['server']))} had taken over; allowed {grace_s:g} s"
    )
    findings = (Finding(CHECK, sentence, smallest(late)),) if len(late) else ()
    return Judgement(CHECK, findings, (Measure(SHOWN_FOR, shown_s, "s"),))


def _ahead(reads: Operations, present: NDArray[np.uint64], taken_ns: int) -> Operations:
    """Rows that were asked for after that, shown, and not there in the end."""
    seen = select(reads, are(reads, Kind.SEEN, Outcome.ACKNOWLEDGED) & (reads["sent_ns"] > taken_ns))
    seen = select(seen, seen["key"] != 0)
    return select(seen, np.isin(seen["key"], difference(seen["key"], present)))


def _unknown(doubt: str) -> Judgement:
    return Judgement(CHECK, measures=(Measure(SHOWN_FOR, None, "s"),), undecided=doubt)
