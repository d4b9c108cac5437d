"""SW-2: the secondary has received every write that was acknowledged. Unit: rows.

Every write that was acknowledged before a snapshot of a server was begun is in it. What shows most is a snapshot taken
with the replication link cut just before, once all that had been received was applied: commits under way then wait.

Does not flag: rows in the snapshot that nobody was acknowledged; writes acknowledged later, or after ``until_ns``.
"""

from typing import Final

import numpy as np

from hadrill.harness.checks.columns import acknowledged_writes, difference, select, smallest
from hadrill.harness.checks.wording import moment, number_of
from hadrill.harness.model.history import History, Snapshot
from hadrill.harness.model.operation import Operations
from hadrill.harness.model.verdict import Finding, Judgement, Measure

CHECK: Final = "received"


def received(history: History, node: str, until_ns: int | None = None) -> Judgement:
    """Compare what was acknowledged with every snapshot of a server.

    Args:
        history: with at least one snapshot of the server.
        node: where it runs.
        until_ns: writes acknowledged later are left out: from then on the service was known to go on unprotected.
    """
    snapshots = [snapshot for snapshot in history.snapshots if snapshot.place == node]
    writes = acknowledged_writes(history)
    if until_ns is not None:
        writes = select(writes, writes["received_ns"] <= until_ns)
    before = [select(writes, writes["received_ns"] <= snapshot.at_ns) for snapshot in snapshots]
    findings = tuple(
        finding for snapshot, due in zip(snapshots, before, strict=True) for finding in _missing(history, snapshot, due)
    )
    fewest = min((len(due) for due in before), default=None)
    measure = Measure(f"acknowledged writes looked for at {node}", None if fewest is None else float(fewest), "rows")
    doubt = "" if snapshots else f"the rows of {node} were never read"
    if fewest == 0:
        doubt = f"no write had been acknowledged when the rows of {node} were read"
    return Judgement(CHECK, findings, (measure,), doubt)


def _missing(history: History, snapshot: Snapshot, due: Operations) -> tuple[Finding, ...]:
    missing = difference(due["key"], snapshot.keys)
    if not len(missing):
        return ()
    latest_ns = int(due["received_ns"][np.isin(due["key"], missing)].max())
    sentence = (
        f"{number_of(len(missing), 'write')} acknowledged until {moment(history, latest_ns)} had not been received by "
        f"{snapshot.place} at {moment(history, snapshot.at_ns)}"
    )
    return (Finding(CHECK, sentence, smallest(missing)),)
