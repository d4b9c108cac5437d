"""HA-3, HA-4: the primary takes writes while something else is lost or cut off. Unit: writes, seconds.

Counted are customers' writes that were sent and answered while the fault stood, until the next event. In that time no
other server answers, and customers are never without an acknowledged write for longer than an objective, if one is
given.

Does not flag: what came after the heal.
"""

from typing import Final

from hadrill.harness.checks.columns import are, customers_writes, last_server, select, some_keys
from hadrill.harness.checks.gaps import beyond, pauses, stalled_s
from hadrill.harness.checks.ownership import events_of
from hadrill.harness.checks.wording import event_name, moment, number_of, server_name
from hadrill.harness.model.fault import FaultRecord
from hadrill.harness.model.history import History
from hadrill.harness.model.operation import NO_SERVER, Operations, Outcome
from hadrill.harness.model.verdict import Finding, Judgement, Measure, Objective

CHECK: Final = "served meanwhile"
SERVED: Final = "writes acknowledged meanwhile"
PAUSE: Final = "longest time without a write meanwhile"


def served_meanwhile(
    history: History, fault: FaultRecord, longest: Objective | None = None, watched_s: float = 1.0
) -> Judgement:
    """Count what the primary acknowledged while a fault stood that is none of its own.

    Args:
        history: with load over the address before the fault and while it stands.
        fault: what takes something else than the primary's service away.
        longest: for how long customers may be without an acknowledged write meanwhile, seconds; None where that is not
            asked.
        watched_s: seconds of load without which a primary that did not answer leaves no verdict.
    """
    tried = customers_writes(history)
    old = last_server(select(tried, are(tried, outcome=Outcome.ACKNOWLEDGED)), fault.injected_ns)
    if old == NO_SERVER:
        doubt = f"no write was acknowledged before {event_name(fault)}"
        return Judgement(CHECK, measures=(Measure(SERVED, None, "writes"),), undecided=doubt)
    ends_ns = min([int(tried["received_ns"].max()), *_limits_ns(history, fault)])
    during = select(tried, (tried["sent_ns"] > fault.effective_ns) & (tried["received_ns"] <= ends_ns))
    served = select(during, are(during, outcome=Outcome.ACKNOWLEDGED))
    others = select(served, (served["server"] != old) & (served["server"] != NO_SERVER))
    measure = Measure(SERVED, float(len(served) - len(others)), "writes")
    tried_s = (ends_ns - fault.effective_ns) / 1e9
    sentence = f"{server_name(history, old)} acknowledged no write in {tried_s:.3f} s of {event_name(fault)}"
    silent = "" if measure.value else sentence
    findings = _by_others(history, fault, old, others)
    if silent and tried_s >= watched_s:
        findings = (*findings, Finding(CHECK, silent))
    if longest is None:
        return Judgement(CHECK, findings, (measure,), "" if findings else silent)
    pause, too_long, doubt = _paused(history, fault, ends_ns, longest)
    findings = (*findings, *too_long)
    return Judgement(CHECK, findings, (measure, pause), "" if findings else silent or doubt)


def _paused(
    history: History, fault: FaultRecord, ends_ns: int, longest: Objective
) -> tuple[Measure, tuple[Finding, ...], str]:
    """The longest time without an acknowledged write; what it comes to: a finding, or a doubt."""
    tried = customers_writes(history)
    writes = select(tried, are(tried, outcome=Outcome.ACKNOWLEDGED))
    held = max(pauses(writes["received_ns"], fault.injected_ns, ends_ns), key=lambda gap: gap.length_s)
    sentence = (
        f"during {event_name(fault)} no write was acknowledged from {moment(history, held.from_ns)} to "
        f"{moment(history, held.until_ns)}, {held.length_s:.3f} s; allowed {longest.limit:g} s ({longest.name})"
    )
    finding, doubt = beyond(sentence, history.stalls, held, longest.limit)
    measure = Measure(PAUSE, held.length_s, "s", stalled_s(history.stalls, held)[0], longest)
    return measure, (Finding(CHECK, finding),) if finding else (), doubt


def _by_others(history: History, fault: FaultRecord, old: int, writes: Operations) -> tuple[Finding, ...]:
    if not len(writes):
        return ()
    sentence = (
        f"{server_name(history, int(writes['server'][0]))} acknowledged {number_of(len(writes), 'write')} during "
        f"{event_name(fault)} in place of {server_name(history, old)}"
    )
    return (Finding(CHECK, sentence, some_keys(writes)),)


def _limits_ns(history: History, fault: FaultRecord) -> list[int]:
    """When the next event came, and when the heal began."""
    limits = [int(at_ns) for at_ns in events_of(history) if at_ns > fault.injected_ns]
    return [*limits, *([] if fault.heal_began_ns is None else [fault.heal_began_ns])]
