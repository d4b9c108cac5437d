"""HA-4: a blip is no reason to fail over: the primary stays the primary and service goes on. Unit: seconds.

From the blip to the next event no other server acknowledges a write, over whatever way, and after the heal customers
are answered, within the objective where there is one. The load must go on long enough for a late failover to be seen.
Nor has another server than the primary, at which the blip is aimed, answered before it: something still smaller was
reason enough then.

Does not flag: writes refused or unanswered during the blip itself.
"""

from typing import Final

from hadrill.harness.checks.columns import acknowledged_writes, customers_writes, select, some_keys
from hadrill.harness.checks.gaps import Gap, beyond
from hadrill.harness.checks.ownership import LATEST, events_of
from hadrill.harness.checks.wording import event_name, moment, number_of, server_name
from hadrill.harness.model.fault import FaultRecord
from hadrill.harness.model.history import History
from hadrill.harness.model.operation import NO_SERVER, Operations, Outcome
from hadrill.harness.model.verdict import Finding, Judgement, Measure, Objective

CHECK: Final = "no failover"
AGAIN: Final = "writes again after the blip"


def no_failover(
    history: History, since: FaultRecord, objective: Objective | None, watched_s: float = 3.0, primary: str = ""
) -> Judgement:
    """Look for another server than before that acknowledges writes, and for the first answer after the heal.

    Args:
        history: with load before, during and after the blip.
        since: the blip.
        objective: in seconds from the end of the heal; None where no time is judged.
        watched_s: seconds of load after the heal without which there is no verdict.
        primary: the node that was primary when the scenario began; empty where that is not known.
    """
    writes = acknowledged_writes(history)
    before = select(writes, writes["received_ns"] <= since.injected_ns)
    if since.healed_ns is None or not len(before):
        what = "was not healed" if since.healed_ns is None else "met no load: no write was acknowledged before it"
        measure = Measure(AGAIN, None, "s", objective=objective)
        return Judgement(CHECK, measures=(measure,), undecided=f"{event_name(since)} {what}")
    old = int(before["server"][before["received_ns"].argmax()])
    until_ns = min([int(at_ns) for at_ns in events_of(history) if at_ns > since.injected_ns] or [LATEST])
    during = select(writes, (writes["sent_ns"] >= since.injected_ns) & (writes["received_ns"] <= until_ns))
    elsewhere = select(during, (during["server"] != old) & (during["server"] != NO_SERVER))
    tried = customers_writes(history)
    later = select(tried, (tried["sent_ns"] <= until_ns) & (tried["received_ns"] > since.healed_ns))
    finding, doubt, measure = _again(history, since.healed_ns, later, objective, watched_s)
    watched = (min(until_ns, int(tried["received_ns"].max(initial=0))) - since.healed_ns) / 1e9
    doubts = [doubt] if doubt else []
    if watched < watched_s:
        doubts.append(f"{watched:.3f} s of load after {event_name(since)} are too few to see a late failover")
    findings = (
        *_early(history, old, since, primary),
        *_elsewhere(history, old, since, elsewhere),
        *((Finding(CHECK, finding),) if finding else ()),
    )
    return Judgement(CHECK, findings, (measure,), "; ".join(doubts))


def _early(history: History, old: int, since: FaultRecord, primary: str) -> tuple[Finding, ...]:
    """A failover that did not even wait for the blip."""
    known = old != NO_SERVER and old < len(history.roster.servers)
    answered = server_name(history, old)
    if not primary or not known or answered == primary:
        return ()
    return (Finding(CHECK, f"{answered} answered in place of {primary} before {event_name(since)}"),)


def _elsewhere(history: History, old: int, since: FaultRecord, writes: Operations) -> tuple[Finding, ...]:
    if not len(writes):
        return ()
    first = writes[writes["received_ns"].argmin()]
    sentence = (
        f"after {event_name(since)} {server_name(history, int(first['server']))} acknowledged "
        f"{number_of(len(writes), 'write')} in place of {server_name(history, old)}, the first at "
        f"{moment(history, int(first['received_ns']))}"
    )
    return (Finding(CHECK, sentence, some_keys(writes)),)


def _again(
    history: History, healed_ns: int, tried: Operations, objective: Objective | None, watched_s: float
) -> tuple[str, str, Measure]:
    """The finding or the doubt, and the time from the heal to the first answer.

    Args:
        tried: what was over after the heal.
    """
    received_ns = tried["received_ns"][tried["outcome"] == Outcome.ACKNOWLEDGED]
    served = len(received_ns) > 0
    until_ns = int(received_ns.min()) if served else int(tried["received_ns"].max(initial=healed_ns))
    gap = Gap(0, healed_ns, until_ns)
    measure = Measure(AGAIN, gap.length_s if served else None, "s", objective=objective)
    sentence = f"{'the first' if served else 'no'} write was acknowledged in the {gap.length_s:.3f} s after the heal"
    if objective is None:
        late, unknown = ("", sentence) if gap.length_s < watched_s else (sentence, "")
        return ("", "", measure) if served else (late, unknown, measure)
    sentence = f"{sentence}; allowed {objective.limit:g} s ({objective.name})"
    finding, doubt = beyond(sentence, history.stalls, gap, objective.limit)
    if not served and not finding:
        doubt = doubt or sentence
    return finding, doubt, measure
