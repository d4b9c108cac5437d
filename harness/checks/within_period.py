"""SW-9, SW-11: a switch that was put off happens within the maintenance period and not before it. Unit: seconds.

Told by the ledger alone: the change lies between the sending of the last write that the old server acknowledged over
the address and the first answer of the new one.

Does not flag: how long customers waited (``outage``).
"""

from typing import Final

from hadrill.harness.checks.columns import acknowledged_writes, last_server, select
from hadrill.harness.checks.wording import moment, server_name
from hadrill.harness.model.history import History, SwitchRecord
from hadrill.harness.model.operation import NO_SERVER, Way
from hadrill.harness.model.verdict import Finding, Judgement, Measure

CHECK: Final = "within period"
AFTER_BEGIN: Final = "from the period's begin to the first answer of the new server"


def within_period(history: History, switch: SwitchRecord, begins_ns: int, ends_ns: int) -> Judgement:
    """Find the change of server that followed a request for a switch, and hold it to the period.

    Args:
        history: with load over the address from before the request until after the period has begun.
        switch: that was asked for.
        begins_ns, ends_ns: of the period in force, on the monotonic clock.
    """
    writes = acknowledged_writes(history, Way.ADDRESS)
    writes = select(writes, writes["server"] != NO_SERVER)
    old = last_server(writes, switch.asked_ns)
    if old == NO_SERVER:
        doubt = "no write was acknowledged before the switch was asked for"
        return Judgement(CHECK, measures=(Measure(AFTER_BEGIN, None, "s"),), undecided=doubt)
    by_new = select(writes, (writes["server"] != old) & (writes["sent_ns"] >= switch.asked_ns))
    if not len(by_new):
        return _unchanged(history, old, int(history.operations["sent_ns"].max()), ends_ns)
    first = by_new[by_new["received_ns"].argmin()]
    changed_ns = int(first["received_ns"])
    of_old = writes["sent_ns"][(writes["server"] == old) & (writes["sent_ns"] < changed_ns)]
    since_ns = int(of_old.max())
    measure = Measure(AFTER_BEGIN, (changed_ns - begins_ns) / 1e9, "s", (changed_ns - since_ns) / 1e9)
    outside = "before" if changed_ns < begins_ns else "after" if since_ns > ends_ns else ""
    sentence = (
        f"{server_name(history, int(first['server']))} answered in place of {server_name(history, old)} from "
        f"{moment(history, changed_ns)} on, {outside} the period from {moment(history, begins_ns)} to "
        f"{moment(history, ends_ns)}"
    )
    return Judgement(CHECK, (Finding(CHECK, sentence),) if outside else (), (measure,))


def _unchanged(history: History, old: int, until_ns: int, ends_ns: int) -> Judgement:
    """A finding once the period is over; else nothing is known yet."""
    sentence = f"{server_name(history, old)} answered all along until {moment(history, until_ns)}: nothing was switched"
    findings, doubt = ((Finding(CHECK, sentence),), "") if until_ns > ends_ns else ((), sentence)
    return Judgement(CHECK, findings, (Measure(AFTER_BEGIN, None, "s"),), doubt)
