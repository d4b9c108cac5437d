"""Design decision 9: a drill whose fault did not take effect, or did not go away, has no verdict.

Says nothing against the drilled system: it has no findings, only doubt. A fault that was never healed is not doubted.
"""

from typing import Final

from hadrill.harness.checks.wording import event_name
from hadrill.harness.model.fault import FaultRecord
from hadrill.harness.model.history import History
from hadrill.harness.model.verdict import Judgement

CHECK: Final = "proofs"


def proofs(history: History) -> Judgement:
    """Every fault was seen to take effect, and every heal to undo it."""
    doubts = [doubt for fault in history.faults for doubt in doubts_of(fault)]
    return Judgement(CHECK, undecided="; ".join(doubts))


def doubts_of(fault: FaultRecord) -> list[str]:
    """Why nothing can be said of what came after a fault, or after its heal; empty where both were seen."""
    doubts = []
    if not fault.proof.holds:
        doubts.append(f"{event_name(fault)} was not seen to take effect: {fault.proof.observed}")
    if fault.heal_began_ns is not None and fault.heal_proof is None:
        doubts.append(f"{event_name(fault)} was healed without a proof")
    if fault.heal_proof is not None and not fault.heal_proof.holds:
        doubts.append(f"{event_name(fault)} was not seen to be gone: {fault.heal_proof.observed}")
    return doubts
