"""HA-3, HA-4, SW-4: no acknowledged write is lost. Unit: rows.

Whatever way a write took and whoever sent it, the witnesses and visitors included: if it was acknowledged its row is
there at the end. A refused write changed nothing, and no row is there that nobody tried to write.

Does not flag: indeterminate writes, there or not; a row whose content is wrong (equality compares contents).
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from hadrill.harness.checks.columns import WRITES, acknowledged_writes, are, difference, select, smallest, some_keys
from hadrill.harness.checks.wording import number_of, server_name
from hadrill.harness.model.history import History
from hadrill.harness.model.operation import Operations, Outcome
from hadrill.harness.model.verdict import Finding, Judgement, Measure, Objective

CHECK: Final = "lost writes"


def lost_writes(history: History, objective: Objective | None = None) -> Judgement:
    """Compare what was acknowledged with what the instance held at the end, key by key.

    Args:
        history: ``present`` must have been read; else there is no verdict.
        objective: what the measure is shown with; a single lost write is a finding whatever it says.
    """
    if history.present is None:
        measure = Measure("acknowledged writes lost", None, "rows", objective=objective)
        return Judgement(CHECK, measures=(measure,), undecided="the rows that the instance held were never read back")
    present = history.present
    acknowledged = acknowledged_writes(history)
    lost = select(acknowledged, np.isin(acknowledged["key"], difference(acknowledged["key"], present)))
    unexplained = difference(present, acknowledged["key"])
    findings = (
        *_lost(history, lost),
        *_refused_yet_present(history, unexplained),
        *_unknown(history, unexplained),
    )
    measure = Measure("acknowledged writes lost", float(len(lost)), "rows", objective=objective)
    undecided = "" if len(acknowledged) else "no write was acknowledged, so that none could be lost"
    return Judgement(CHECK, findings, (measure,), undecided)


def _lost(history: History, lost: Operations) -> tuple[Finding, ...]:
    """One finding per server that had acknowledged what is gone."""
    return tuple(
        Finding(
            CHECK,
            f"{number_of(len(theirs), 'write')} that {server_name(history, int(server))} acknowledged "
            "had no row at the end",
            some_keys(theirs),
        )
        for server in np.unique(lost["server"])
        for theirs in [lost[lost["server"] == server]]
    )


def _refused_yet_present(history: History, unexplained: NDArray[np.uint64]) -> tuple[Finding, ...]:
    """Among the rows that no acknowledgement explains."""
    refused = select(history.operations, are(history.operations, WRITES, Outcome.REFUSED))
    there = refused[np.isin(refused["key"], unexplained)]
    if not len(there):
        return ()
    sentence = f"{number_of(len(there), 'write')} answered with a definite error did change something: the row is there"
    return (Finding(CHECK, sentence, some_keys(there)),)


def _unknown(history: History, unexplained: NDArray[np.uint64]) -> tuple[Finding, ...]:
    """Rows that no attempt explains."""
    tried = history.operations["key"][are(history.operations, WRITES)]
    strangers = difference(unexplained, tried) if len(unexplained) else unexplained
    if not len(strangers):
        return ()
    sentence = f"{number_of(len(strangers), 'row')} that nobody tried to write: there at the end"
    return (Finding(CHECK, sentence, smallest(strangers)),)
