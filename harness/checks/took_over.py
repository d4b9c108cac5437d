"""HA-4, HA-5, HA-10, SW-4, SW-8: another server takes writes before the primary's fault is healed. Unit: seconds.

A service that is down until the heal and then has its roles swapped has not replaced anybody: its customers waited for
the repair. After a switch nothing has to be healed, and the load's end is the limit.

Does not flag: how long it took (``outage`` holds that to an objective); which server it is.
"""

from typing import Final

from hadrill.harness.checks.columns import are, customers_writes, last_server, select
from hadrill.harness.checks.ownership import LATEST
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
    if old == NO_SERVER:
        return _unmeasured(doubt=f"no write was acknowledged before {event_name(since)}")
    heal_ns = since.heal_began_ns if isinstance(since, FaultRecord) else None
    until_ns = min(int(tried["received_ns"].max()), LATEST if heal_ns is None else heal_ns)
    elsewhere = (writes["sent_ns"] >= begin_ns) & (writes["received_ns"] <= until_ns)
    elsewhere &= (writes["server"] != old) & (writes["server"] != NO_SERVER)
    if elsewhere.any():
        answered_ns = int(writes["received_ns"][elsewhere].min())
        return Judgement(CHECK, measures=(Measure(TAKEN_OVER, (answered_ns - begin_ns) / 1e9, "s"),))
    tried_s = (until_ns - begin_ns) / 1e9
    sentence = (
        f"no server but {server_name(history, old)} answered a write in the {tried_s:.3f} s of load from "
        f"{event_name(since)} {'on' if heal_ns is None else 'until it began to be healed'}"
    )
    return _unmeasured(finding=sentence) if tried_s >= watched_s else _unmeasured(doubt=sentence)


def _unmeasured(*, finding: str = "", doubt: str = "") -> Judgement:
    findings = (Finding(CHECK, finding),) if finding else ()
    return Judgement(CHECK, findings, (Measure(TAKEN_OVER, None, "s"),), doubt)
