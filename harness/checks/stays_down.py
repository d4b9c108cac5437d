"""HA-4: the primary is lost while it alone holds what it acknowledged: the service stays down rather than lose it.

From the loss until the heal begins nothing is acknowledged over the address, and nothing by another server over
whatever way; then the service comes up again, and everything acknowledged before is there in the end. Unit: seconds,
writes.

Does not flag: answers to writes sent before the loss was complete; what a primary that is only cut off acknowledges to
its neighbours; how the service says why it is down.
"""

from typing import Final

from hadrill.harness.checks.columns import (
    acknowledged_writes,
    customers_writes,
    difference,
    last_server,
    select,
    smallest,
    some_keys,
)
from hadrill.harness.checks.wording import event_name, moment, number_of, server_name
from hadrill.harness.model.fault import FaultRecord
from hadrill.harness.model.history import History
from hadrill.harness.model.operation import Operations, Outcome, Way
from hadrill.harness.model.verdict import Finding, Judgement, Measure

CHECK: Final = "stays down"


def stays_down(history: History, fault: FaultRecord) -> Judgement:
    """Look for a write acknowledged while the service had to be down, and for one that was lost.

    Args:
        history: with load before the loss, while it lasts and after it; ``present`` read at the end.
        fault: what takes the primary away.
    """
    back_ns, healed_ns = fault.heal_began_ns, fault.healed_ns
    if back_ns is None or healed_ns is None:
        return Judgement(CHECK, undecided=f"{event_name(fault)} was not healed")
    writes, tried = acknowledged_writes(history), customers_writes(history)
    during = select(writes, (writes["sent_ns"] > fault.effective_ns) & (writes["received_ns"] < back_ns))
    old = last_server(writes, fault.injected_ns)
    during = select(during, (during["way"] == Way.ADDRESS) | (during["server"] != old))
    before = select(writes, writes["received_ns"] < back_ns)
    attempts = ((tried["sent_ns"] < back_ns) & (tried["received_ns"] > fault.effective_ns)).sum()
    answered = tried["received_ns"][(tried["outcome"] == Outcome.ACKNOWLEDGED) & (tried["sent_ns"] > back_ns)]
    up_s = max(0.0, (int(answered.min()) - healed_ns) / 1e9) if len(answered) else None
    measures = (
        Measure("writes tried while the service had to be down", float(attempts), "writes"),
        Measure("writes acknowledged before that", float(len(before)), "writes"),
        Measure("time to writes after the heal", up_s, "s"),
    )
    missing = {
        f"nobody tried to write during {event_name(fault)}": not attempts,
        "no write had been acknowledged that could be lost": not len(before),
        "the rows that the instance held were never read back": history.present is None,
        f"no write was acknowledged after {event_name(fault)} was healed": up_s is None,
    }
    doubt = "; ".join(doubt for doubt, true in missing.items() if true)
    return Judgement(CHECK, (*_served(history, fault, during), *_lost(history, before)), measures, doubt)


def _served(history: History, fault: FaultRecord, during: Operations) -> tuple[Finding, ...]:
    if not len(during):
        return ()
    first = during[during["received_ns"].argmin()]
    sentence = (
        f"{server_name(history, int(first['server']))} acknowledged {number_of(len(during), 'write')} although "
        f"{event_name(fault)} left no server with all that had been acknowledged, the first at "
        f"{moment(history, int(first['received_ns']))}"
    )
    return (Finding(CHECK, sentence, some_keys(during)),)


def _lost(history: History, before: Operations) -> tuple[Finding, ...]:
    if history.present is None:
        return ()
    lost = difference(before["key"], history.present)
    sentence = f"{number_of(len(lost), 'write')} acknowledged before the service went down had no row at the end"
    return (Finding(CHECK, sentence, smallest(lost)),) if len(lost) else ()
