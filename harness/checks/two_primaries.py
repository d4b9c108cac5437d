"""HA-2: never two primaries. Judged from acknowledged writes over every way, probes past the address included.

Two servers are both primaries when neither can have stopped before the other began: in one window (ownership.py) each
acknowledged a write that was sent after the other had acknowledged one. So is a replaced server that acknowledges a
write although another one has taken over, from ``grace_s`` after the heal of its fault.

Does not flag: a change of primary per fault or switch, in whatever chain of them; answers that were already under way
when the fault struck; a writable flag seen alone (a paused server wakes with it), which is a warning.

No verdict where the probes that this rests on were not made: at every server that acknowledged, and at a replaced one
after its grace (probed.py).
"""

from itertools import combinations
from typing import Final

import numpy as np

from hadrill.harness.checks.columns import MOST_KEYS, acknowledged_writes, select, some_keys
from hadrill.harness.checks.ownership import Span, Window, events_of, just_back, spans_of, windows_of
from hadrill.harness.checks.probed import probed
from hadrill.harness.checks.wording import moment, number_of, server_name, spans_named
from hadrill.harness.model.history import History
from hadrill.harness.model.operation import Operations
from hadrill.harness.model.verdict import Finding, Judgement

CHECK: Final = "two primaries"


def two_primaries(history: History, grace_s: float = 1.0) -> Judgement:
    """Look for two servers that took writes at the same time, and for a replaced one that still does.

    Args:
        history: of any number of faults and switches, with witnesses over ``Way.RACK``.
        grace_s: seconds after the end of a fault's heal in which the replaced server may still answer.
    """
    writes = acknowledged_writes(history)
    windows = windows_of(history)
    events = events_of(history)
    window_of = np.searchsorted(events, writes["sent_ns"], side="right")
    window_of[window_of != np.searchsorted(events, writes["received_ns"], side="right")] = -1
    back = just_back(history, windows, writes, grace_s)
    findings: list[Finding] = []
    for number, spans in enumerate(spans_of(writes, events, len(history.roster.servers))):
        inside = window_of == number
        both = [pair for pair in combinations(spans, 2) if _overlap(*pair)]
        findings += [_two_at_once(history, select(writes, inside), *pair) for pair in both]
        if not both:
            findings += _replaced_yet_active(history, select(writes, inside & ~back), windows[number])
    measures, doubt = probed(history, windows, grace_s)
    undecided = doubt if len(writes) else "no write was acknowledged by any server"
    return Judgement(CHECK, tuple(findings), measures, undecided, warnings=_flags(history, windows))


def _overlap(one: Span, other: Span) -> bool:
    return one.first_ns < other.last_ns and other.first_ns < one.last_ns


def _two_at_once(history: History, writes: Operations, one: Span, other: Span) -> Finding:
    """Names both, and the writes that each acknowledged within the other's time: first of the one that has fewer."""
    sent_ns, server = writes["sent_ns"], writes["server"]
    theirs = [
        writes[(server == its.server) & (sent_ns > since.first_ns)] for its, since in ((one, other), (other, one))
    ]
    keys = [key for own in sorted(theirs, key=len) for key in some_keys(own)]
    both = spans_named(history, (one, other))
    return Finding(CHECK, f"two servers acknowledged writes at the same time: {both}", tuple(keys[:MOST_KEYS]))


def _replaced_yet_active(history: History, writes: Operations, window: Window) -> list[Finding]:
    """The owner at the window's begin, where it is certain, may not come back once another one has taken over."""
    if len(window.owners) != 1:
        return []
    (old,) = window.owners
    of_old = writes[writes["server"] == old]
    for span in window.spans:
        late = of_old[of_old["sent_ns"] > span.first_ns]
        if span.server != old and len(late):
            sentence = (
                f"{server_name(history, old)} acknowledged {number_of(len(late), 'write')} sent from "
                f"{moment(history, int(late['sent_ns'].min()))} on, although {server_name(history, span.server)} had "
                f"taken over by {moment(history, span.first_ns)}"
            )
            return [Finding(CHECK, sentence, some_keys(late))]
    return []


def _flags(history: History, windows: tuple[Window, ...]) -> tuple[str, ...]:
    """One warning per server that showed a writable flag when it cannot have been the owner."""
    places = {name: place for place, name in enumerate(history.roster.servers)}
    seen: dict[str, list[int]] = {}
    for sighting in history.sightings:
        tenures = [tenure for window in windows for tenure in window.tenures]
        if sighting.writable and not any(
            tenure.server == places.get(sighting.node) and tenure.from_ns <= sighting.at_ns <= tenure.until_ns
            for tenure in tenures
        ):
            seen.setdefault(sighting.node, []).append(sighting.at_ns)
    return tuple(
        f"{node} was seen writable {number_of(len(times), 'time')} from {moment(history, min(times))} to "
        f"{moment(history, max(times))} while it was not the primary"
        for node, times in seen.items()
    )
