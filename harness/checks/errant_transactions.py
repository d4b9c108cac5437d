"""SW-4, SW-8, HA-4: at rest no server holds a transaction that the primary does not. Unit: transactions.

One that a lost primary committed and nobody received, or that a read-only instance received ahead of its new master,
would be there for good and turn up with the next change of primary.

Does not flag: transactions that a replica has not executed yet; they are counted.
"""

from typing import Final

from hadrill.harness.checks.gtid_set import GtidSet
from hadrill.harness.checks.wording import number_of
from hadrill.harness.model.history import History
from hadrill.harness.model.verdict import Finding, Judgement, Measure

CHECK: Final = "errant transactions"


def errant_transactions(history: History) -> Judgement:
    """Each server's executed set is contained in the first one's, which is the primary's.

    Args:
        history: with the servers at rest, the primary first.
    """
    if len(history.servers) < 2:
        measure = Measure(CHECK, None, "transactions")
        return Judgement(CHECK, measures=(measure,), undecided="no primary with a replica was asked what it executed")
    try:
        primary, *replicas = ((state.node, GtidSet.parse(state.executed)) for state in history.servers)
    except ValueError as error:
        return Judgement(CHECK, measures=(Measure(CHECK, None, "transactions"),), undecided=str(error))
    errant = {node: executed - primary[1] for node, executed in replicas}
    findings = tuple(
        Finding(CHECK, f"{node} executed {number_of(more.count, 'transaction')} that {primary[0]} did not: {more}")
        for node, more in errant.items()
        if more.count
    )
    behind = max((primary[1] - executed).count for _, executed in replicas)
    measures = (
        Measure(CHECK, float(sum(more.count for more in errant.values())), "transactions"),
        Measure("transactions that a replica lacked at rest", float(behind), "transactions"),
    )
    doubt = "" if primary[1].count else f"{primary[0]} had executed no transaction"
    return Judgement(CHECK, findings, measures, doubt)
