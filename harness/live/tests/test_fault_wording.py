"""What is printed of faults."""

from dataclasses import replace

from hadrill.harness.live.fault_wording import all_proved, line_of_heal, lines_of_injection
from hadrill.harness.model.fault import FaultRecord, Proof

YES = Proof(holds=True, observed="refused", at_ns=0)
NO = Proof(holds=False, observed="greeted", at_ns=0)
RECORD = FaultRecord("process-killed", "a1", 1, 2, YES, disrupts=True)
HEALED = replace(RECORD, heal_began_ns=10**9, healed_ns=1_900_000_000, heal_proof=YES)


def test_an_injection_is_told_with_its_proof_and_its_heal() -> None:
    """What to type next."""
    assert list(lines_of_injection(RECORD)) == [
        "process-killed on a1 is injected, proved: refused",
        "heal it: hadrill fault heal process-killed",
    ]


def test_what_healed_by_itself_needs_no_heal() -> None:
    """Both proofs are told."""
    assert list(lines_of_injection(HEALED)) == [
        "process-killed on a1 is injected, proved: refused",
        "process-killed on a1 is healed in 0.9 s, proved: refused",
    ]


def test_what_is_not_proved_is_told() -> None:
    """The code follows from it."""
    doubtful = replace(HEALED, heal_proof=NO)
    assert line_of_heal(doubtful) == "process-killed on a1 is healed in 0.9 s, not proved: greeted"
    assert [all_proved((record,)) for record in (RECORD, HEALED, doubtful, replace(RECORD, proof=NO))] == [
        True,
        True,
        False,
        False,
    ]
