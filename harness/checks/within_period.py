"""SW-9, SW-11: a switch that was put off happens within the maintenance period and not before it. Unit: seconds.

Told by the ledger alone: the change lies between the sending of the last write that the old server acknowledged over
the address and the first answer of the new one. It has begun before the period, too, where the old server's last answer
came more than ``EARLY_S`` before that, without our own load having stood still.

Does not flag: how long customers waited (``outage``); a switch that begins in the period and ends after it.
"""

from typing import Final

from hadrill.harness.checks.columns import acknowledged_writes, last_server, select
from hadrill.harness.checks.gaps import Gap, stalled_s
from hadrill.harness.checks.wording import moment, server_name
from hadrill.harness.model.history import History, SwitchRecord
from hadrill.harness.model.operation import NO_SERVER, Way
from hadrill.harness.model.verdict import Finding, Judgement, Measure

CHECK: Final = "within period"
EARLY_S: Final = 1.0
"""A busy server may answer nobody for a moment just when the period begins."""

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
    by_old = select(writes, (writes["server"] == old) & (writes["sent_ns"] < changed_ns))
    since_ns, last_ns = int(by_old["sent_ns"].max()), int(by_old["received_ns"].max())
    measure = Measure(AFTER_BEGIN, (changed_ns - begins_ns) / 1e9, "s", (changed_ns - since_ns) / 1e9)
    period = f"the period from {moment(history, begins_ns)} to {moment(history, ends_ns)}"
    outside = "before" if changed_ns < begins_ns else "after" if since_ns > ends_ns else ""
    if outside:
        new, at = server_name(history, int(first["server"])), moment(history, changed_ns)
        sentence = f"{new} answered in place of {server_name(history, old)} from {at} on, {outside} {period}"
    elif (begins_ns - last_ns) / 1e9 - stalled_s(history.stalls, Gap(0, last_ns, begins_ns))[1] > EARLY_S:
        sentence = f"{server_name(history, old)} answered last at {moment(history, last_ns)}, before {period}"
    else:
        return Judgement(CHECK, measures=(measure,))
    return Judgement(CHECK, (Finding(CHECK, sentence),), (measure,))


def _unchanged(history: History, old: int, until_ns: int, ends_ns: int) -> Judgement:
    """A finding once the period is over; else nothing is known yet."""
    sentence = f"{server_name(history, old)} answered all along until {moment(history, until_ns)}: nothing was switched"
    findings, doubt = ((Finding(CHECK, sentence),), "") if until_ns > ends_ns else ((), sentence)
    return Judgement(CHECK, findings, (Measure(AFTER_BEGIN, None, "s"),), doubt)
