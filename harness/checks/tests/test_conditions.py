"""Checks that hold nothing against the drilled system but say when a drill has shown nothing, and the undisturbed."""

from dataclasses import replace

import pytest

from hadrill.harness.checks.in_flight import in_flight
from hadrill.harness.checks.proofs import proofs
from hadrill.harness.checks.tests.histories import OWNER, A, B, fault, history, keys, load, operation, refused, unknown
from hadrill.harness.checks.undisturbed import undisturbed
from hadrill.harness.model.fault import Proof
from hadrill.harness.model.verdict import Finding, Verdict

SEEN = fault(1000, 2000)
NOT_SEEN = Proof(False, "the port still answered", 0)


def test_writes_under_way_or_just_acknowledged_are_what_can_be_lost() -> None:
    """Both are counted; either is enough."""
    flying, recent, old = operation(A, 995, 1005), operation(A, 940, 950), operation(A, 800, 801)

    def counts(*rows: tuple[int, ...]) -> list[float | None]:
        return [measure.value for measure in in_flight(history(*rows), SEEN, window_s=0.1).measures]

    assert counts(flying, recent, old) == [1.0, 1.0]
    assert in_flight(history(flying), SEEN).verdict is Verdict.PASS
    assert in_flight(history(recent), SEEN).verdict is Verdict.PASS
    assert in_flight(history(old), SEEN).undecided == "no write was under way when process-killed of a1 struck"


def test_only_customers_writes_can_be_lost_by_luck() -> None:
    """A visitor's write or a refused one is no load."""
    rows = [operation(A, 995, 1005, client=OWNER), refused(A, 950, 951)]

    assert in_flight(history(rows), SEEN).verdict is Verdict.NO_VERDICT


def test_faults_that_were_seen_and_seen_to_be_gone_pass() -> None:
    """One that still lasts has only to have been seen."""
    assert proofs(history(faults=(SEEN, fault(3000)))).verdict is Verdict.PASS


@pytest.mark.parametrize(
    ("record", "doubt"),
    [
        (replace(SEEN, proof=NOT_SEEN), "process-killed of a1 was not seen to take effect: the port still answered"),
        (replace(SEEN, heal_proof=NOT_SEEN), "process-killed of a1 was not seen to be gone: the port still answered"),
        (replace(SEEN, heal_proof=None), "process-killed of a1 was healed without a proof"),
    ],
    ids=["no effect", "no heal", "heal unproven"],
)
def test_a_fault_without_its_proof_leaves_no_verdict(record: object, doubt: str) -> None:
    """What was observed instead is told."""
    judgement = proofs(history(faults=(record,)))

    assert judgement.undecided == doubt
    assert judgement.verdict is Verdict.NO_VERDICT


def test_a_refused_request_disturbs_nobody() -> None:
    """Every write over the address was acknowledged; visitors may well have been refused."""
    assert undisturbed(history(load(A, 0, 100), refused(B, 50, 51, client=OWNER))).verdict is Verdict.PASS
    assert undisturbed(history()).verdict is Verdict.NO_VERDICT


def test_a_customers_write_without_acknowledgement_is_a_disturbance() -> None:
    """Refused or never answered; times are told from the first operation on."""
    missing = [unknown(555, 560), refused(A, 565, 566)]
    judgement = undisturbed(history(load(A, 500, 600), missing))

    sentence = "2 writes over the address had no acknowledgement, the first sent at 0.055 s"
    assert judgement.findings == (Finding("undisturbed", sentence, keys(*missing)),)
