"""DR-15: once the link is broken for good, nothing written on the old side arrives on the promoted one. Unit: rows.

What either side acknowledged after the cut is diverged: listed by key, side and time, and never counted as lost. A
breach is a row of the old side, sent after the cut, that the promoted instance shows; and one that the promoted
instance acknowledged itself and does not show. A write that was under way when the link was cut may have arrived or
not.

Does not flag: what the promoted instance lacks from before the cut (``data loss``).
"""

from typing import Final

import numpy as np

from hadrill.harness.checks.columns import MOST_KEYS, WRITES, acknowledged_writes, are, difference, smallest
from hadrill.harness.checks.recovery.master_writes import cut_over_ns, last_snapshot, master_writes
from hadrill.harness.checks.wording import event_name, moment, number_of, server_name
from hadrill.harness.model.fault import FaultRecord
from hadrill.harness.model.history import History, Snapshot, SwitchRecord
from hadrill.harness.model.operation import Operations, Way
from hadrill.harness.model.verdict import Finding, Judgement, Measure

CHECK: Final = "divergence"


def divergence(history: History, cut: FaultRecord | SwitchRecord, place: str) -> Judgement:
    """List what diverged, and look for what arrived all the same.

    Args:
        history: with writes at the promoted instance, and a snapshot of it, read once the old side had written after
            the cut; without any of these there is no verdict.
        cut: what ended the replication, or the request that did.
        place: the snapshot's.
    """
    snapshot, old = last_snapshot(history, place), master_writes(history, cut).after
    if snapshot is None:
        return Judgement(CHECK, undecided=f"the rows of {place} were never read")
    if not (old["received_ns"] < snapshot.at_ns).any():
        doubt = f"the old side was acknowledged nothing after {event_name(cut)} that could have arrived"
        return Judgement(CHECK, undecided=doubt)
    new = acknowledged_writes(history, Way.RECOVERY)
    if not len(new):
        return Judgement(CHECK, undecided=f"the promoted side was acknowledged nothing after {event_name(cut)}")
    measures = (
        Measure("diverged on the old side", float(len(old)), "rows"),
        Measure("diverged on the promoted side", float(len(new)), "rows"),
    )
    listed = (*_listed(history, "old side", old), *_listed(history, "promoted side", new))
    findings = (*_arrived(history, cut, snapshot), *_gone(history, new, snapshot))
    return Judgement(CHECK, findings, measures, warnings=listed)


def _arrived(history: History, cut: FaultRecord | SwitchRecord, snapshot: Snapshot) -> tuple[Finding, ...]:
    """What was sent to the old side once nothing could pass, whatever its clients learned of it, and is there."""
    operations = history.operations
    later = are(operations, WRITES) & (operations["way"] != Way.RECOVERY) & (operations["sent_ns"] > cut_over_ns(cut))
    keys = operations["key"][later]
    there = keys[np.isin(keys, snapshot.keys)]
    if not len(there):
        return ()
    sentence = (
        f"{number_of(len(there), 'write')} sent to the old side after {event_name(cut)} had arrived at "
        f"{snapshot.place} at {moment(history, snapshot.at_ns)}"
    )
    return (Finding(CHECK, sentence, smallest(there)),)


def _gone(history: History, new: Operations, snapshot: Snapshot) -> tuple[Finding, ...]:
    """What the promoted instance had acknowledged when its rows were read, and did not show."""
    missing = difference(new["key"][new["received_ns"] < snapshot.at_ns], snapshot.keys)
    if not len(missing):
        return ()
    sentence = (
        f"{number_of(len(missing), 'write')} that the promoted instance had acknowledged was not there at "
        f"{moment(history, snapshot.at_ns)}"
    )
    return (Finding(CHECK, sentence, smallest(missing)),)


def _listed(history: History, side: str, diverged: Operations) -> list[str]:
    """By key, side and time, the earliest first; no more than a finding shows."""
    rows = diverged.take(np.argsort(diverged["received_ns"], kind="stable")[:MOST_KEYS])
    return [
        f"diverged on the {side}: key {int(row['key'])}, acknowledged by {server_name(history, int(row['server']))} "
        f"at {moment(history, int(row['received_ns']))}"
        for row in rows
    ]
