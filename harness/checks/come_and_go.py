"""HA-3, HA-4: a row may be there or not, but it may not come and go. Unit: rows.

*Gone*: a row that the address had shown - to a reader, or in a snapshot - is missing from a later snapshot through the
address, or in the end; whatever its writer had been told. A row that was acknowledged is also gone where a server held
it in one snapshot and lacks it in a later one.

*Late*: a row is missing from a snapshot through the address and there afterwards, although its write was over: it had
been acknowledged when the snapshot was begun; or its client had been told nothing, or no, and ``grace_s`` had passed
since then and since the last fault had been healed. While a fault lasts a commit may wait for it unseen.

Does not flag: an indeterminate write that is there or not; what a server shows past the address of rows that nobody was
acknowledged (a lost primary recovers a tail of them and is rebuilt); what replicas do not hold yet.
"""

from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from hadrill.harness.checks.columns import WRITES, acknowledged_writes, are, difference, distinct, select, smallest
from hadrill.harness.checks.ownership import LATEST
from hadrill.harness.checks.wording import moment, number_of
from hadrill.harness.model.history import History, Snapshot
from hadrill.harness.model.operation import Kind, Operations, Outcome, Way
from hadrill.harness.model.verdict import Finding, Judgement, Measure

CHECK: Final = "come and go"
ADDRESS: Final = "address"

GRACE_S: Final = 2.0
"""Of a pair that is protected again: a commit waits for nobody then, and what was on its way has arrived."""

Keys = NDArray[np.uint64]


def come_and_go(history: History, grace_s: float = GRACE_S) -> Judgement:
    """Follow rows from snapshot to snapshot, and from what readers were shown to the end.

    Args:
        history: ``present`` must have been read; else there is no verdict.
        grace_s: seconds after a write's end, and after the last heal, from which on it must have come or never comes.
    """
    unknown = select(history.operations, are(history.operations, WRITES, Outcome.INDETERMINATE))
    if history.present is None:
        measure = Measure("indeterminate writes that were there in the end", None, "rows")
        return Judgement(CHECK, measures=(measure,), undecided="the rows that the instance held were never read back")
    views = [*(each for each in history.snapshots if each.place == ADDRESS), Snapshot(ADDRESS, LATEST, history.present)]
    shown = _shown(history)
    findings = (
        *_gone_since_shown(history, shown, views),
        *_gone_between(history, views, None),
        *_gone_at_servers(history),
        *_late(history, views, grace_s),
    )
    came = len(unknown) - len(difference(unknown["key"], history.present))
    grace_ns = round(grace_s * 1e9)
    over = [unknown["received_ns"] <= _over_by_ns(history, unknown, view, grace_ns) for view in views[:-1]]
    measures = (
        Measure("indeterminate writes", float(len(unknown)), "rows"),
        Measure("indeterminate writes that had had their time", float(max(map(np.sum, over), default=0)), "rows"),
        Measure("indeterminate writes that were there in the end", float(came), "rows"),
        Measure("snapshots through the address", float(len(views) - 1), "snapshots"),
    )
    doubt = "" if len(views) > 1 else "nobody read the rows through the address before the end"
    return Judgement(CHECK, findings, measures, doubt)


def _shown(history: History) -> Operations:
    """What readers over the address were shown."""
    seen = select(history.operations, are(history.operations, Kind.SEEN, Outcome.ACKNOWLEDGED, Way.ADDRESS))
    rows: Operations = select(seen, seen["key"] != 0)
    return rows


def _gone_since_shown(history: History, shown: Operations, views: list[Snapshot]) -> list[Finding]:
    findings = []
    for view in views:
        earlier = distinct(shown["key"][shown["received_ns"] <= view.at_ns])
        gone = difference(earlier, view.keys)
        if len(gone):
            sentence = (
                f"{number_of(len(gone), 'row')} that readers were shown through the address {_was_gone(history, view)}"
            )
            findings.append(Finding(CHECK, sentence, smallest(gone)))
    return findings


def _gone_between(history: History, views: list[Snapshot], among: Keys | None) -> list[Finding]:
    """Rows of one view that the next one lacks; only those among the keys given, if any are."""
    findings = []
    for earlier, later in pairwise(views):
        gone = difference(earlier.keys, later.keys)
        gone = gone if among is None else gone[np.isin(gone, among)]
        if len(gone):
            kind = "row" if among is None else "acknowledged row"
            sentence = (
                f"{number_of(len(gone), kind)} there at {moment(history, earlier.at_ns)} ({earlier.place}) "
                f"{_was_gone(history, later)}"
            )
            findings.append(Finding(CHECK, sentence, smallest(gone)))
    return findings


def _gone_at_servers(history: History) -> list[Finding]:
    """At each server of which there are several snapshots."""
    places = dict.fromkeys(each.place for each in history.snapshots if each.place != ADDRESS)
    by_place = [[each for each in history.snapshots if each.place == place] for place in places]
    if not any(len(views) > 1 for views in by_place):
        return []
    acknowledged = acknowledged_writes(history)["key"]
    return [finding for views in by_place for finding in _gone_between(history, views, acknowledged)]


def _late(history: History, views: list[Snapshot], grace_s: float) -> list[Finding]:
    findings = []
    writes = select(history.operations, are(history.operations, WRITES)) if len(views) > 1 else history.operations[:0]
    for number, view in enumerate(views[:-1]):
        over = select(writes, writes["received_ns"] <= _over_by_ns(history, writes, view, round(grace_s * 1e9)))
        missing = difference(over["key"], view.keys)
        late = distinct(np.concatenate([missing[np.isin(missing, later.keys)] for later in views[number + 1 :]]))
        if len(late):
            sentence = (
                f"{number_of(len(late), 'row')} whose writes were over came only after {moment(history, view.at_ns)}: "
                "missing through the address then, and there later"
            )
            findings.append(Finding(CHECK, sentence, smallest(late)))
    return findings


def _over_by_ns(history: History, writes: Operations, view: Snapshot, grace_ns: int) -> NDArray[np.int64]:
    """For each write the time by which it must have ended for a view to have the last word on it."""
    calm = not any(
        _lasts(fault.injected_ns, fault.healed_ns, view.at_ns - grace_ns, view.at_ns) for fault in history.faults
    )
    unanswered_ns = view.at_ns - grace_ns if calm else -LATEST
    limits: NDArray[np.int64] = np.where(are(writes, outcome=Outcome.ACKNOWLEDGED), view.at_ns, unanswered_ns)
    return limits


def _lasts(began_ns: int, ended_ns: int | None, from_ns: int, until_ns: int) -> bool:
    """Whether it was there at some moment between these times."""
    return began_ns <= until_ns and (ended_ns is None or ended_ns >= from_ns)


def _was_gone(history: History, view: Snapshot) -> str:
    return (
        "had gone by the end" if view.at_ns == LATEST else f"had gone by {moment(history, view.at_ns)} ({view.place})"
    )
