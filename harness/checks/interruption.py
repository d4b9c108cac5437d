"""HA-9: the longest time without an acknowledged write around an event, whoever answers afterwards. Unit: seconds.

Where ``outage`` asks for another server, this holds for a server that comes back by itself too, so that the same event
on two instances can be compared (``shorter``). Counted are acknowledged writes over the address by clients that
reconnect, from the event to the next one or to the end of the load.

Does not flag: how many interruptions there were; which server answers.
"""

from typing import Final

from hadrill.harness.checks.columns import customers_writes, select
from hadrill.harness.checks.gaps import beyond, pauses, spacing_s, stalled_s
from hadrill.harness.checks.ownership import events_of
from hadrill.harness.checks.wording import event_began_ns, event_name, moment
from hadrill.harness.model.fault import FaultRecord
from hadrill.harness.model.history import History, SwitchRecord
from hadrill.harness.model.operation import Outcome
from hadrill.harness.model.verdict import Finding, Judgement, Measure, Objective

CHECK: Final = "interruption"
LONGEST: Final = "longest time without an acknowledged write"


TOGETHER_NS: Final = 500_000_000
"""Events this close to each other strike together, each at an instance of its own."""


def interruption(history: History, objective: Objective | None, since: FaultRecord | SwitchRecord) -> Judgement:
    """Measure the interruption around one event; hold it to an objective where there is one.

    Args:
        history: with load over the address before and after the event.
        objective: in seconds; None to measure alone.
        since: the fault, or the switch or change that was asked for.
    """
    tried, begin_ns = customers_writes(history), event_began_ns(since)
    writes = select(tried, tried["outcome"] == Outcome.ACKNOWLEDGED)
    before = writes["received_ns"][writes["received_ns"] <= begin_ns]
    if len(before) < 2:
        measure = Measure(LONGEST, None, "s", objective=objective)
        doubt = f"too few writes were acknowledged before {event_name(since)} to measure by"
        return Judgement(CHECK, measures=(measure,), undecided=doubt)
    later = [int(at_ns) for at_ns in events_of(history) if at_ns > begin_ns + TOGETHER_NS]
    longest, still_open = pauses(writes["received_ns"], begin_ns, min([*later, int(tried["received_ns"].max())]))
    spacing = spacing_s(before)
    unresolved = still_open.length_s > longest.length_s + spacing
    held = still_open if unresolved else longest
    value = None if unresolved else longest.length_s
    measure = Measure(LONGEST, value, "s", spacing + stalled_s(history.stalls, held)[0], objective)
    end = "and no write was acknowledged any more" if unresolved else f"until {moment(history, held.until_ns)}"
    sentence = f"{event_name(since)} left clients without an answer from {moment(history, held.from_ns)}, {end}"
    if objective is None:
        return Judgement(CHECK, measures=(measure,), undecided=sentence if unresolved else "")
    allowed = f"{sentence}: {held.length_s:.3f} s; allowed {objective.limit:g} s ({objective.name})"
    finding, doubt = beyond(allowed, history.stalls, held, objective.limit)
    doubt = doubt or (sentence if unresolved else "")
    return Judgement(CHECK, (Finding(CHECK, finding),) if finding else (), (measure,), doubt)


def shorter(measure: Measure, than: Measure) -> Judgement:
    """One instance's measure is below another's; no verdict where they differ by less than their resolutions."""
    name = "shorter"
    judged = Judgement(name, measures=(measure, than))
    if measure.value is None or than.value is None:
        return judged
    sentence = f"{measure.name} was {measure.value:.3f} {measure.unit}, {than.name} {than.value:.3f} {than.unit}"
    if abs(measure.value - than.value) <= measure.resolution + than.resolution:
        return Judgement(name, measures=judged.measures, undecided=f"{sentence}; they cannot be told apart")
    return judged if measure.value < than.value else Judgement(name, (Finding(name, sentence),), judged.measures)
