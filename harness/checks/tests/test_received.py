"""What the secondary held when its rows were read, against what had been acknowledged by then."""

import numpy as np

from hadrill.harness.checks.received import received
from hadrill.harness.checks.tests.histories import A, Row, history, keys, load, ns, operation, unknown
from hadrill.harness.model.history import Snapshot
from hadrill.harness.model.verdict import Finding, Measure, Verdict

WRITES = load(A, 0, 100)


def snapshot(at_ms: float, *rows: Row, place: str = "b1") -> Snapshot:
    """With these rows."""
    return Snapshot(place, ns(at_ms), np.array(keys(*rows), dtype=np.uint64))


def test_a_secondary_that_holds_what_was_acknowledged_passes() -> None:
    """What is still under way may be there or not."""
    judged = history(WRITES, operation(A, 90, 140), unknown(95, 99), snapshots=(snapshot(120, *WRITES),))

    assert received(judged, "b1").measures == (Measure("acknowledged writes looked for at b1", 10.0, "rows"),)
    assert received(judged, "b1").verdict is Verdict.PASS


def test_an_acknowledged_write_that_is_missing_is_a_finding() -> None:
    """By key, with the times of its acknowledgement and of the snapshot."""
    judgement = received(history(WRITES, snapshots=(snapshot(120, *WRITES[:-2]),)), "b1")

    sentence = "2 writes acknowledged until 0.092 s had not been received by b1 at 0.120 s"
    assert judgement.findings == (Finding("received", sentence, keys(*WRITES[-2:])),)


def test_every_snapshot_of_the_server_is_asked() -> None:
    """And none of another one."""
    early, late = snapshot(50, *WRITES[:3]), snapshot(120, *WRITES)
    judged = history(WRITES, snapshots=(early, late, snapshot(120, place="c1")))

    assert [finding.keys for finding in received(judged, "b1").findings] == [keys(*WRITES[3:5])]
    assert received(judged, "b1").measures[0].value == 5.0


def test_writes_that_went_on_unprotected_are_left_out() -> None:
    """From the time given on, nobody but the primary has them."""
    judged = history(WRITES, snapshots=(snapshot(120, *WRITES[:5]),))

    assert received(judged, "b1", until_ns=ns(42)).verdict is Verdict.PASS
    assert received(judged, "b1", until_ns=ns(52)).findings[0].keys == keys(WRITES[5])


def test_without_a_snapshot_or_a_write_before_it_nothing_is_known() -> None:
    """An empty promise is not kept."""
    assert received(history(WRITES), "b1").undecided == "the rows of b1 were never read"
    judgement = received(history(WRITES, snapshots=(snapshot(1),)), "b1")
    assert judgement.undecided == "no write had been acknowledged when the rows of b1 were read"
