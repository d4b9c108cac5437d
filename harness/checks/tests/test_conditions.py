"""Checks that hold nothing against the drilled system but say when a drill has shown nothing, and the undisturbed."""

from dataclasses import replace

import numpy as np
import pytest

from hadrill.harness.checks.answers_lost import answers_lost
from hadrill.harness.checks.in_flight import in_flight
from hadrill.harness.checks.proofs import proofs
from hadrill.harness.checks.tests.histories import (
    OWNER,
    WRITER_2,
    A,
    B,
    fault,
    history,
    keys,
    load,
    ns,
    operation,
    refused,
    unknown,
)
from hadrill.harness.checks.undisturbed import undisturbed
from hadrill.harness.model.fault import Proof
from hadrill.harness.model.history import Stall
from hadrill.harness.model.verdict import Finding, Verdict

SEEN = fault(1000, 2000)
NOT_SEEN = Proof(False, "the port still answered", 0)


def test_writes_under_way_are_what_a_true_service_can_lose() -> None:
    """Those just acknowledged are counted as well, and are not enough: they are at the secondary, too."""
    flying, recent, old = operation(A, 995, 1005), operation(A, 940, 950), operation(A, 800, 801)

    def counts(*rows: tuple[int, ...]) -> list[float | None]:
        return [measure.value for measure in in_flight(history(*rows), SEEN, window_s=0.1).measures]

    assert counts(flying, recent, old) == [1.0, 1.0]
    assert in_flight(history(flying), SEEN).verdict is Verdict.PASS
    assert in_flight(history(recent), SEEN).verdict is Verdict.NO_VERDICT
    assert in_flight(history(old), SEEN).undecided == "no write was under way when process-killed of a1 struck"


def test_a_write_that_is_there_and_was_never_answered_lost_its_answer() -> None:
    """While the fault stood; one that never came shows nothing, nor one that somebody was told of."""
    kept, gone, earlier, answered = (
        unknown(1100, 1900),
        unknown(1200, 1900),
        unknown(800, 900),
        operation(A, 1300, 1301),
    )
    there = np.array([row[0] for row in (kept, earlier, answered)], dtype=np.uint64)
    judgement = answers_lost(history(kept, gone, earlier, answered, present=there), SEEN)

    assert (judgement.verdict, [measure.value for measure in judgement.measures]) == (Verdict.PASS, [1.0])
    assert answers_lost(history(gone, earlier, answered, present=there), SEEN).verdict is Verdict.NO_VERDICT
    never_read = replace(history(kept), present=None)
    assert answers_lost(never_read, SEEN).undecided == "the rows that the instance held were never read back"


def test_only_customers_writes_can_be_lost_by_luck() -> None:
    """A visitor's write or a refused one is no load."""
    rows = [operation(A, 995, 1005, client=OWNER), refused(A, 995, 1005)]

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


def test_what_a_client_tried_before_it_was_at_work_is_no_disturbance() -> None:
    """A first login may meet busy cores; one that is never acknowledged anything is disturbed all along."""
    first = refused(A, 0, 4)
    assert undisturbed(history(first, load(A, 10, 100))).verdict is Verdict.PASS

    never = refused(A, 1, 4, client=WRITER_2)
    assert [finding.keys for finding in undisturbed(history(first, never, load(A, 10, 100))).findings] == [keys(never)]


def test_what_may_have_ended_by_our_own_doing_leaves_no_verdict() -> None:
    """In a stall of ours, or cut once nobody asked for anything any more; what did not is found all the same."""
    stall, cut, theirs = unknown(20, 60), unknown(85, 2090), refused(A, 71, 73)
    stalls = (Stall("load", ns(55), ns(10)),)

    for missing in (stall, cut):
        judgement = undisturbed(history(load(A, 0, 100), missing, stalls=stalls))
        assert judgement.findings == ()
        assert judgement.undecided == (
            f"1 write over the address had no acknowledgement, the first sent at {missing[1] / 1e9:.3f} s, "
            "in a stall or at the end of our own load"
        )
    judgement = undisturbed(history(load(A, 0, 100), stall, cut, theirs, stalls=stalls))
    assert [finding.keys for finding in judgement.findings] == [keys(theirs)]
