"""SW-8: a read-only instance that ran ahead serves no reads again before it was rebuilt. Unit: transactions.

What a server had executed when its service said that it ran again is held against what the primary has executed in the
end: by then a commit that was under way at that moment is in the primary's set, and what nobody acknowledged is not.

Does not flag: what was read until the instance was closed.
"""

from collections.abc import Mapping
from typing import Final

from hadrill.harness.checks.gtid_set import GtidSet
from hadrill.harness.checks.wording import number_of
from hadrill.harness.model.verdict import Finding, Judgement, Measure

CHECK: Final = "rebuilt first"


def rebuilt_first(opened: Mapping[str, str], primary: str) -> Judgement:
    """Nothing that the primary lacks was there when they ran again.

    Args:
        opened: by node, the GTID set of each read-only server when its instance was said to run again.
        primary: that of the primary, later.

    Raises:
        ValueError: one of them is no set of transactions.
    """
    held = GtidSet.parse(primary)
    more = {node: GtidSet.parse(executed) - held for node, executed in opened.items()}
    findings = tuple(
        Finding(CHECK, f"{node} ran again with {number_of(each.count, 'transaction')} that no primary kept: {each}")
        for node, each in more.items()
        if each.count
    )
    count = sum(each.count for each in more.values())
    measure = Measure("transactions that no primary kept when it ran again", float(count), "transactions")
    return Judgement(CHECK, findings, (measure,), "" if opened else "no read-only instance was seen to run again")
