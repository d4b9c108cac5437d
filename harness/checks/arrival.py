"""Whether every acknowledged write reached a server in the end: by its rows, else by what readers were shown there."""

import numpy as np

from hadrill.harness.checks.authors import acknowledged_by
from hadrill.harness.checks.columns import acknowledged_writes, difference, smallest
from hadrill.harness.checks.looks import looks_of
from hadrill.harness.checks.wording import number_of, server_name
from hadrill.harness.model.history import History
from hadrill.harness.model.verdict import Finding


def arrived(history: History, check: str, node: str) -> tuple[tuple[Finding, ...], str]:
    """The finding of a check where an acknowledged write never came, or why it is not known; empty ones if all did.

    The last word has a snapshot of the server that was begun after the last acknowledgement; without one a comparison
    with another server; without any the last look of a reader.
    """
    writes = acknowledged_writes(history)
    last_ns = int(writes["received_ns"].max(initial=0))
    for snapshot in reversed(history.snapshots):
        if snapshot.place == node and snapshot.at_ns >= last_ns:
            missing = difference(writes["key"], snapshot.keys)
            sentence = f"{number_of(len(missing), 'acknowledged write')} never arrived at {node}"
            return ((Finding(check, sentence, smallest(missing)),) if len(missing) else ()), ""
    compared = [each for each in history.comparisons if node in (each.left, each.right) and each.rows]
    for comparison in compared:
        if comparison.differences:
            sentence = f"{comparison.left} and {comparison.right} did not hold the same rows in the end"
            return (Finding(check, sentence),), ""
    if compared or _last_look_shows_all(history, node):
        return (), ""
    return (), f"nobody saw whether every acknowledged write arrived at {node}"


def _last_look_shows_all(history: History, node: str) -> bool:
    """A reader's last answer came from that server and showed the newest acknowledged row of every writer."""
    acknowledged = acknowledged_by(history)
    for looks in looks_of(history):
        if looks.doubt or not len(looks.at_ns) or server_name(history, int(looks.server[-1])) != node:
            continue
        newest = [acknowledged[writer].keys[-1] if writer in acknowledged else 0 for writer in looks.writers]
        if (looks.shown[-1] >= np.array(newest, dtype=np.uint64)).all():
            return True
    return False
