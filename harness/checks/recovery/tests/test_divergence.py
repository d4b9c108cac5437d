"""What both sides acknowledged after the cut is listed; what crosses over all the same is a finding."""

import numpy as np
import pytest

from hadrill.harness.checks.recovery.divergence import divergence
from hadrill.harness.checks.tests.histories import CALLER, A, C, Row, fault, history, keys, load, ns, operation, unknown
from hadrill.harness.model.history import History, Snapshot
from hadrill.harness.model.verdict import Finding, Verdict

BEFORE, AFTER = load(A, 0, 1000), load(A, 1100, 1200)
NEW = [operation(C, at, at + 2, client=CALLER) for at in (2000, 2050)]
CUT = fault(1000)


def promoted(*rows: Row, at_ms: float = 5000) -> Snapshot:
    """The promoted instance with these rows."""
    return Snapshot("recovery", ns(at_ms), np.array(keys(*rows), dtype=np.uint64))


def test_both_sides_are_listed_by_key_side_and_time() -> None:
    """And none of it is a breach."""
    judgement = divergence(history(BEFORE, AFTER, NEW, snapshots=(promoted(*BEFORE, *NEW),)), CUT, "recovery")

    assert judgement.verdict is Verdict.PASS
    assert [measure.value for measure in judgement.measures] == [10.0, 2.0]
    assert judgement.warnings[0] == (f"diverged on the old side: key {AFTER[0][0]}, acknowledged by a1 at 1.102 s")
    assert judgement.warnings[-1] == f"diverged on the promoted side: key {NEW[-1][0]}, acknowledged by c1 at 2.052 s"
    assert len(judgement.warnings) == 12


def test_a_row_of_the_old_side_that_arrives_after_the_cut_is_a_finding() -> None:
    """By key, and when it was seen; also one that nobody was told of."""
    lost = unknown(1300, 1400)
    judged = history(BEFORE, AFTER, NEW, lost, snapshots=(promoted(*BEFORE, *NEW, AFTER[3], lost),))

    sentence = "2 writes sent to the old side after process-killed of a1 had arrived at recovery at 5.000 s"
    assert divergence(judged, CUT, "recovery").findings == (Finding("divergence", sentence, keys(AFTER[3], lost)),)


def test_what_the_promoted_instance_acknowledged_and_lost_is_a_finding() -> None:
    """By key; what it acknowledged after its rows were read is not looked for."""
    later = operation(C, 5000, 5002, client=CALLER)
    judged = history(BEFORE, AFTER, NEW, later, snapshots=(promoted(*BEFORE, NEW[0]),))

    sentence = "1 write that the promoted instance had acknowledged was not there at 5.000 s"
    assert divergence(judged, CUT, "recovery").findings == (Finding("divergence", sentence, keys(NEW[1])),)


def test_what_was_under_way_when_the_link_was_cut_may_have_arrived() -> None:
    """Sent before the cut, acknowledged after it."""
    under_way = operation(A, 999, 1050)
    judged = history(BEFORE, under_way, AFTER, NEW, snapshots=(promoted(*BEFORE, under_way, *NEW),))

    assert divergence(judged, CUT, "recovery").verdict is Verdict.PASS


@pytest.mark.parametrize(
    ("judged", "why"),
    [
        (history(BEFORE, NEW, snapshots=(promoted(*BEFORE),)), "old side was acknowledged nothing"),
        (history(BEFORE, AFTER, NEW, snapshots=(promoted(*BEFORE, at_ms=1050),)), "old side was acknowledged nothing"),
        (history(BEFORE, AFTER, snapshots=(promoted(*BEFORE),)), "promoted side was acknowledged nothing"),
        (history(BEFORE, AFTER, NEW), "never read"),
    ],
    ids=["nothing on the old side", "only after the rows were read", "nothing on the promoted side", "no rows"],
)
def test_what_shows_nothing_has_no_verdict(judged: History, why: str) -> None:
    """Both sides must have been at work, and the rows must have been read since."""
    judgement = divergence(judged, CUT, "recovery")
    assert judgement.verdict is Verdict.NO_VERDICT
    assert why in judgement.undecided
