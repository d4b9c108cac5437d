"""HA-4: there was something to apply before a secondary could take its lost primary's place. Unit: transactions.

Does not flag: what came of it, which other checks look at.
"""

from typing import Final

from hadrill.harness.checks.gtid_set import GtidSet
from hadrill.harness.model.verdict import Judgement, Measure

CHECK: Final = "more to apply"


def more_to_apply(received: str, executed: str) -> Judgement:
    """Nothing is shown of what was received by a secondary that had applied all of it.

    Args:
        received, executed: its GTID sets, as it told them just before its primary was lost.

    Raises:
        ValueError: one of them is no set of transactions.
    """
    waiting = (GtidSet.parse(received) - GtidSet.parse(executed)).count
    doubt = "" if waiting else "the secondary had applied all that it had received before its primary was lost"
    return Judgement(CHECK, measures=(Measure("received and not applied", waiting, "transactions"),), undecided=doubt)
