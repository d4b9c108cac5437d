"""HA-4, SW-4, SW-7: how long clients go without an answer when the primary changes. Unit: seconds.

Counted are acknowledged writes over the address by clients that reconnect, by the time of their answer. *Outage*: the
longest time between two consecutive ones that overlaps the time from the event (injection of the fault, request for
the switch) to the first one from another server than before, or to the end of the history; over all clients together,
and for the client that fared worst. *Time to writes again*: from the injection to the first answer, from another
server than before, to a write that was sent after the injection.

Held to the objective: for a fault the time to writes again, for a switch the outage of all clients together. The
resolution is the 99th percentile of the spacing of answers before the event plus the longest stall of our own load in
the measured time. A value that exceeds its objective by less than our own stalls in it leaves no verdict.

Does not flag: one client's long outage while others are served (``disconnection`` looks for clients that never come
back); what happens once another server has answered.
"""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from hadrill.harness.checks.columns import customers_writes, select
from hadrill.harness.checks.gaps import Gap, beyond, longest_gap, spacing_s, stalled_s
from hadrill.harness.checks.wording import event_began_ns, event_name, moment, server_name
from hadrill.harness.model.fault import FaultRecord
from hadrill.harness.model.history import History, SwitchRecord
from hadrill.harness.model.operation import NO_SERVER, Operations, Outcome
from hadrill.harness.model.verdict import Finding, Judgement, Measure, Objective

CHECK: Final = "outage"
TOGETHER: Final = "outage of all clients together"


@dataclass(frozen=True, slots=True)
class _Episode:
    """What clients saw of one event."""

    begin_ns: int
    end_ns: int
    old: int
    resumed_ns: int | None
    together: Gap
    worst: Gap
    before: Operations


def outage(history: History, objective: Objective, since: FaultRecord | SwitchRecord) -> Judgement:
    """Measure the outage around one event and hold it to its objective.

    Args:
        history: with load over the address before and after the event.
        objective: in seconds.
        since: the fault, or the switch that was asked for.
    """
    episode = _episode(customers_writes(history), event_began_ns(since))
    if episode is None:
        return Judgement(CHECK, undecided=f"too few writes were acknowledged before {event_name(since)} to measure by")
    spacing = spacing_s(episode.before["received_ns"])
    together = _measure(history, TOGETHER, episode.together, spacing)
    own = episode.before["received_ns"][episode.before["client"] == episode.worst.group]
    worst = _measure(history, "outage of the worst client", episode.worst, spacing_s(own))
    again = Gap(0, episode.begin_ns, episode.end_ns if episode.resumed_ns is None else episode.resumed_ns)
    if isinstance(since, FaultRecord):
        held, measures = again, [_measure(history, "time to writes again", again, spacing), together, worst]
    else:
        held, measures = episode.together, [together, worst]
    known = measures[0].value if episode.resumed_ns is not None else None
    measures[0] = replace(measures[0], objective=objective, value=known)
    if episode.resumed_ns is None:
        finding, undecided = _never(history, objective, since, episode)
    else:
        finding, undecided = _exceeded(history, objective, since, held)
    return Judgement(CHECK, (Finding(CHECK, finding),) if finding else (), tuple(measures), undecided)


def _episode(tried: Operations, begin_ns: int) -> _Episode | None:
    """None where fewer than two writes were acknowledged before the event."""
    writes = select(tried, tried["outcome"] == Outcome.ACKNOWLEDGED)
    before = select(writes, writes["received_ns"] <= begin_ns)
    if len(before) < 2:
        return None
    old, end_ns = int(before["server"][before["received_ns"].argmax()]), int(tried["received_ns"].max())
    others = (writes["server"] != old) & (writes["server"] != NO_SERVER)
    elsewhere = writes["received_ns"][(writes["sent_ns"] >= begin_ns) & others]
    return _Episode(
        begin_ns,
        end_ns,
        old,
        resumed_ns=int(elsewhere.min()) if len(elsewhere) else None,
        together=longest_gap(writes, np.zeros(len(writes), np.uint16), begin_ns, old, end_ns),
        worst=longest_gap(writes, writes["client"], begin_ns, old, end_ns),
        before=before,
    )


def _measure(history: History, name: str, gap: Gap, spacing: float) -> Measure:
    return Measure(name, gap.length_s, "s", spacing + stalled_s(history.stalls, gap)[0])


def _never(
    history: History, objective: Objective, since: FaultRecord | SwitchRecord, episode: _Episode
) -> tuple[str, str]:
    """The finding, or the reason for doubt where the load ended before the objective had passed."""
    tried_s = (episode.end_ns - episode.begin_ns) / 1e9
    sentence = (
        f"no server but {server_name(history, episode.old)} answered a write in the {tried_s:.3f} s of load after "
        f"{event_name(since)}; allowed {objective.limit:g} s ({objective.name})"
    )
    return (sentence, "") if tried_s >= objective.limit else ("", sentence)


def _exceeded(history: History, objective: Objective, since: FaultRecord | SwitchRecord, held: Gap) -> tuple[str, str]:
    """The finding, or the reason for doubt where our own stalls may be what exceeds the objective."""
    sentence = (
        f"clients waited {held.length_s:.3f} s for {event_name(since)}, from {moment(history, held.from_ns)} to "
        f"{moment(history, held.until_ns)}; allowed {objective.limit:g} s ({objective.name})"
    )
    return beyond(sentence, history.stalls, held, objective.limit)
