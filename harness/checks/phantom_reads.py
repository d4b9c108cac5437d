"""SW-8: rows that a reader was shown and that were gone in the end. Unit: rows, each counted once a server.

A read-only instance may run ahead of the primary's acknowledgement: there such rows are counted and held against
nobody. With the wait point AFTER_SYNC the primary shows no row that a secondary has not
received: whatever the address or a server of the pair itself has shown must be there in the end.

Does not flag: rows that no look showed as the newest of their writer; totals.
"""

from typing import Final

import numpy as np

from hadrill.harness.checks.columns import are, difference, distinct, numbers_in, read_only_servers, select, smallest
from hadrill.harness.checks.wording import moment, number_of, server_name
from hadrill.harness.model.history import History
from hadrill.harness.model.operation import Kind, Operations, Outcome, Way
from hadrill.harness.model.verdict import Finding, Judgement, Measure

CHECK: Final = "phantom reads"
AT_READ_ONLY: Final = "phantom reads at read-only instances"


def phantom_reads(history: History) -> Judgement:
    """Compare what readers were shown with what the instance held at the end.

    Args:
        history: with readers; ``present`` must have been read, or there is no verdict.
    """
    seen = select(history.operations, are(history.operations, Kind.SEEN, Outcome.ACKNOWLEDGED))
    seen = select(seen, seen["key"] != 0)
    if history.present is None:
        measure = Measure(AT_READ_ONLY, None, "rows")
        return Judgement(CHECK, measures=(measure,), undecided="the rows that the instance held were never read back")
    gone = select(seen, np.isin(seen["key"], difference(seen["key"], history.present)))
    tolerated = np.isin(gone["server"], read_only_servers(history)) & (gone["way"] != Way.ADDRESS)
    ahead, wrong = gone[tolerated], gone[~tolerated]
    count = sum(len(distinct(ahead["key"][ahead["server"] == server])) for server in numbers_in(ahead["server"]))
    measures = (
        Measure("rows shown to readers", float(len(distinct(seen["key"]))), "rows"),
        Measure(AT_READ_ONLY, float(count), "rows"),
    )
    return Judgement(CHECK, _findings(history, wrong), measures, "" if len(seen) else "no reader was shown any row")


def _findings(history: History, gone: Operations) -> tuple[Finding, ...]:
    """One per server that had shown what is gone."""
    return tuple(_finding(history, gone[gone["server"] == server]) for server in numbers_in(gone["server"]))


def _finding(history: History, theirs: Operations) -> Finding:
    where = " over the address" if (theirs["way"] == Way.ADDRESS).any() else ""
    count = number_of(len(distinct(theirs["key"])), "row")
    sentence = (
        f"{server_name(history, int(theirs['server'][0]))} showed{where} {count} that the instance did not hold in the "
        f"end, from {moment(history, int(theirs['sent_ns'].min()))} to "
        f"{moment(history, int(theirs['received_ns'].max()))}"
    )
    return Finding(CHECK, sentence, smallest(distinct(theirs["key"])))
