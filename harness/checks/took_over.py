"""HA-4, HA-5, HA-10, SW-4, SW-8: another server takes writes before the primary's fault is healed. Unit: seconds.

A service that is down until the heal and then has its roles swapped has not replaced anybody: its customers waited for
the repair. After a switch nothing has to be healed, and the load's end is the limit.

Does not flag: how long it took (``outage`` holds that to an objective); which server it is.
"""

from typing import Final

from hadrill.harness.checks.columns import are, customers_writes, last_server, select
from hadrill.harness.checks.wording import event_began_ns, event_name, server_name
from hadrill.harness.model.fault import FaultRecord
from hadrill.harness.model.history import History, SwitchRecord
from hadrill.harness.model.operation import NO_SERVER, Outcome
from hadrill.harness.model.verdict import Finding, Judgement, Measure

CHECK: Final = "took over"
TAKEN_OVER: Final = "time to a write at the other server"


def took_over(history: History, since: FaultRecord | SwitchRecord, watched_s: float = 5.0) -> Judgement:
    """Look for a customer's write that another server acknowledged while the primary was away.

    Args:
        history: with load over the address before the event and after it.
        since: the fault, or the switch that was asked for.
        watched_s: seconds of load after the event without which a server that did not answer leaves no verdict.
    """
    tried, begin_ns = customers_writes(history), event_began_ns(since)
    writes = select(tried, are(tried, outcome=Outcome.ACKNOWLEDGED))
    old = last_server(writes, begin_ns)
    healing = isinstance(since, FaultRecord) and since.heal_began_ns is not None
    ends_ns = since.heal_began_ns if isinstance(since, FaultRecord) else None
    tried_until_ns = min([int(tried["received_ns"].max(initial=begin_ns)), *([] if ends_ns is None else [ends_ns])])
    if old == NO_SERVER:
        doubt = f"no write was acknowledged before {event_name(since)}"
        return Judgement(CHECK, measures=(Measure(TAKEN_OVER, None, "s"),), undecided=doubt)
    elsewhere = (writes["sent_ns"] >= begin_ns) & (writes["received_ns"] <= tried_until_ns)
    elsewhere &= (writes["server"] != old) & (writes["server"] != NO_SERVER)
    if elsewhere.any():
        answered_ns = int(writes["received_ns"][elsewhere].min())
        return Judgement(CHECK, measures=(Measure(TAKEN_OVER, (answered_ns - begin_ns) / 1e9, "s"),))
    tried_s = (tried_until_ns - begin_ns) / 1e9
    sentence = (
        f"no server but {server_name(history, old)} answered a write in the {tried_s:.3f} s of load from "
        f"{event_name(since)} {'until it began to be healed' if healing else 'on'}"
    )
    measures = (Measure(TAKEN_OVER, None, "s"),)
    if tried_s < watched_s:
        return Judgement(CHECK, measures=measures, undecided=sentence)
    return Judgement(CHECK, (Finding(CHECK, sentence),), measures)
