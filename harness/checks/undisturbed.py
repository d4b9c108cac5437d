"""SW-6, SW-5: a request that is refused disturbs nobody: every write over the address was acknowledged. Unit: writes.

Does not flag: how long a write took; what is refused elsewhere than at the address.
"""

from typing import Final

from hadrill.harness.checks.columns import WRITES, are, select, some_keys
from hadrill.harness.checks.wording import moment, number_of
from hadrill.harness.model.history import History
from hadrill.harness.model.operation import Outcome, Way
from hadrill.harness.model.verdict import Finding, Judgement, Measure

CHECK: Final = "undisturbed"


def undisturbed(history: History) -> Judgement:
    """Look for a customer's write that was refused or whose answer never came."""
    operations = history.operations
    writes = are(operations, WRITES, way=Way.ADDRESS)
    disturbed = select(operations, writes & ~are(operations, outcome=Outcome.ACKNOWLEDGED))
    measure = Measure("writes over the address", float(writes.sum()), "writes")
    if not writes.any():
        return Judgement(CHECK, measures=(measure,), undecided="nobody wrote over the address")
    if not len(disturbed):
        return Judgement(CHECK, measures=(measure,))
    sentence = (
        f"{number_of(len(disturbed), 'write')} over the address had no acknowledgement, the first sent at "
        f"{moment(history, int(disturbed['sent_ns'].min()))}"
    )
    return Judgement(CHECK, (Finding(CHECK, sentence, some_keys(disturbed)),), (measure,))
