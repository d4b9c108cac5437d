"""SW-8: a read-only instance had transactions that no primary kept; a pass by luck is no pass. Unit: transactions.

Says nothing against the drilled system: it has no findings, only doubt.
"""

from typing import Final

from hadrill.harness.checks.gtid_set import GtidSet
from hadrill.harness.model.verdict import Judgement, Measure

CHECK: Final = "ran ahead"


def ran_ahead(replica: str, primary: str) -> Judgement:
    """Nothing is shown of an instance that was not ahead when its primary was lost.

    Args:
        replica: its GTID set at that moment.
        primary: that of the server which took the place, at any time since.

    Raises:
        ValueError: one of them is no set of transactions.
    """
    ahead = (GtidSet.parse(replica) - GtidSet.parse(primary)).count
    doubt = "" if ahead else "the read-only instance had nothing that the new primary has not"
    measure = Measure("transactions that the read-only instance alone had", ahead, "transactions")
    return Judgement(CHECK, measures=(measure,), undecided=doubt)
