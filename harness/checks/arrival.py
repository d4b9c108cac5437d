"""Whether every acknowledged write reached a server in the end: by its rows, else by what readers were shown there."""

import numpy as np

from hadrill.harness.checks.columns import acknowledged_writes, difference, smallest
from hadrill.harness.checks.lag_series import Watched
from hadrill.harness.checks.looks import Looks
from hadrill.harness.checks.wording import number_of, server_name
from hadrill.harness.model.history import History
from hadrill.harness.model.verdict import Finding


def arrived(history: History, check: str, node: str, seen: Watched) -> tuple[tuple[Finding, ...], str]:
    """The finding of a check where an acknowledged write never came, or why it is not known; empty ones if all did.

    The last word has a snapshot of the server that was begun after the last acknowledgement; without one a comparison
    with another server; without any the last look of a reader.
    """
    snapshots = [each for each in history.snapshots if each.place == node]
    writes = acknowledged_writes(history) if snapshots else history.operations[:0]
    if snapshots and snapshots[-1].at_ns >= writes["received_ns"].max(initial=0):
        missing = difference(writes["key"], snapshots[-1].keys)
        sentence = f"{number_of(len(missing), 'acknowledged write')} never arrived at {node}"
        return ((Finding(check, sentence, smallest(missing)),) if len(missing) else ()), ""
    compared = [each for each in history.comparisons if node in (each.left, each.right) and each.rows]
    for comparison in compared:
        if comparison.differences:
            sentence = f"{comparison.left} and {comparison.right} did not hold the same rows in the end"
            return (Finding(check, sentence),), ""
    if compared or any(_all_shown(history, node, looks, seen) for looks in seen.looks):
        return (), ""
    return (), f"nobody saw whether every acknowledged write arrived at {node}"


def _all_shown(history: History, node: str, looks: Looks, seen: Watched) -> bool:
    """A reader's last answer came from that server and showed the newest acknowledged row of every writer."""
    if looks.doubt or server_name(history, int(looks.server[-1])) != node:
        return False
    newest = [seen.acknowledged[writer].keys.max(initial=0) for writer in looks.writers]
    return bool((looks.shown[-1] >= np.array(newest, dtype=np.uint64)).all())
