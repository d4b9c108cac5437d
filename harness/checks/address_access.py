"""SW-3: the address leads to the primary alone, before and after every event.

Every operation that was acknowledged over the address came from a server that may have owned the writes at that time
(ownership.py), and customers were served before the first event and after the last one. Where its acknowledged writes
fit no single change of primary, it led to two at once.

Does not flag: what is refused over the address, and for how long (outage measures that); a login whose connection
broke before it had said which server it led to.
"""

from typing import Final

import numpy as np

from hadrill.harness.checks.columns import WRITES, are, select, some_keys
from hadrill.harness.checks.ownership import Window, events_of, possible, windows_of
from hadrill.harness.checks.wording import moment, number_of, server_name, spans_named
from hadrill.harness.model.history import History
from hadrill.harness.model.operation import NO_SERVER, Kind, Operations, Outcome, Way
from hadrill.harness.model.verdict import Finding, Judgement

CHECK: Final = "address access"


def address_access(history: History, kinds: tuple[Kind, ...] = (Kind.WRITE, Kind.READ)) -> Judgement:
    """Look for anything that the address let through to a server that was not the primary.

    Args:
        history: with load over the address.
        kinds: what must have been acknowledged before the first and after the last event for there to be a verdict;
            a transfer is a write.
    """
    operations = history.operations
    served = select(operations, are(operations, outcome=Outcome.ACKNOWLEDGED, way=Way.ADDRESS))
    windows = windows_of(history)
    astray = select(served, ~possible(windows, served) & (served["server"] != NO_SERVER))
    findings = [_finding(history, astray, int(server)) for server in np.unique(astray["server"])]
    findings += [_several_at_once(history, window) for window in windows if window.unexplained]
    missing = [f"no {kind.name.lower()} {when}" for kind in kinds for when in _not_served(history, served, kind)]
    doubt = f"the address acknowledged {', '.join(missing)}" if missing else ""
    return Judgement(CHECK, tuple(findings), undecided=doubt)


def _not_served(history: History, served: Operations, kind: Kind) -> list[str]:
    """Before or after the events, or at all: when nothing of that kind was acknowledged."""
    of_kind, events = are(served, WRITES if kind is Kind.WRITE else kind), events_of(history)
    if not len(events):
        return [] if of_kind.any() else ["at all"]
    seen = {
        "before the first event": (of_kind & (served["received_ns"] <= events[0])).any(),
        "after the last event": (of_kind & (served["sent_ns"] >= events[-1])).any(),
    }
    return [when for when, there in seen.items() if not there]


def _finding(history: History, astray: Operations, server: int) -> Finding:
    theirs = astray[astray["server"] == server]
    sentence = (
        f"the address led to {server_name(history, server)} while that was not the primary: "
        f"{number_of(len(theirs), 'operation')} from {moment(history, int(theirs['sent_ns'].min()))} to "
        f"{moment(history, int(theirs['received_ns'].max()))}"
    )
    return Finding(CHECK, sentence, some_keys(theirs))


def _several_at_once(history: History, window: Window) -> Finding:
    servers = spans_named(history, window.spans)
    return Finding(CHECK, f"no one change of primary explains the writes that the address acknowledged: by {servers}")
