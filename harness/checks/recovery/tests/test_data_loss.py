"""What had been acknowledged before the cut and is not on the promoted instance: how much, and how old."""

import numpy as np

from hadrill.harness.checks.recovery.data_loss import data_loss
from hadrill.harness.checks.tests.histories import (
    AT_RECOVERY,
    WITNESS,
    A,
    C,
    Row,
    fault,
    history,
    keys,
    load,
    look,
    ns,
    operation,
    refused,
    switch,
)
from hadrill.harness.model.history import Snapshot
from hadrill.harness.model.verdict import Finding, Objective, Verdict

LIMIT = Objective("data loss over a line", 0.05, "s", "a test")
WRITES = load(A, 0, 1000)
LOOKS = look(C, 990, WRITES[90], client=AT_RECOVERY)
CUT = fault(1000)


def promoted(*rows: Row, at_ms: float = 5000) -> Snapshot:
    """The promoted instance with these rows."""
    return Snapshot("recovery", ns(at_ms), np.array(keys(*rows), dtype=np.uint64))


def test_nothing_missing_is_no_loss() -> None:
    """Zero rows, of no age."""
    judgement = data_loss(history(WRITES, LOOKS, snapshots=(promoted(*WRITES),)), LIMIT, CUT, "recovery")

    assert judgement.verdict is Verdict.PASS
    assert [measure.value for measure in judgement.measures] == [0.0, 0.0, 0.0, 0.078]


def test_what_is_missing_is_counted_and_its_age_told() -> None:
    """Within the objective it is reported all the same."""
    judgement = data_loss(history(WRITES, LOOKS, snapshots=(promoted(*WRITES[:-3]),)), LIMIT, CUT, "recovery")

    assert judgement.verdict is Verdict.PASS
    assert [measure.value for measure in judgement.measures] == [3.0, 0.028, 0.008, 0.078]


def test_older_than_allowed_is_a_finding_by_key() -> None:
    """The oldest one counts."""
    judgement = data_loss(history(WRITES, LOOKS, snapshots=(promoted(*WRITES[:-6]),)), LIMIT, CUT, "recovery")

    sentence = (
        "6 acknowledged writes did not arrive before process-killed of a1, the oldest of them 0.058 s old; "
        "allowed 0.05 s (data loss over a line)"
    )
    assert judgement.findings == (Finding("data loss", sentence, keys(*WRITES[-6:])),)


def test_a_hole_is_as_old_as_its_oldest_row() -> None:
    """Newer rows do not make up for it."""
    there = (*WRITES[:10], *WRITES[11:])
    judgement = data_loss(history(WRITES, LOOKS, snapshots=(promoted(*there),)), LIMIT, CUT, "recovery")

    assert [finding.keys for finding in judgement.findings] == [keys(WRITES[10])]


def test_no_row_may_be_missing_where_the_objective_is_in_rows() -> None:
    """Switching back loses nothing."""
    none = Objective("acknowledged writes lost", 0.0, "rows", "a test")
    judged = history(WRITES, LOOKS, snapshots=(promoted(*WRITES[:-1]),))

    assert data_loss(judged, none, CUT, "recovery").verdict is Verdict.FAIL


def test_what_the_old_side_acknowledged_after_the_cut_is_no_loss() -> None:
    """It is diverged."""
    judged = history(WRITES, load(A, 1100, 1500), LOOKS, snapshots=(promoted(*WRITES),))

    assert data_loss(judged, LIMIT, CUT, "recovery").verdict is Verdict.PASS


def test_what_it_acknowledged_after_a_switch_back_is_lost() -> None:
    """It had to be closed; what was on its way when it was closed has arrived."""
    back, none = switch(995, 1000), Objective("acknowledged writes lost", 0.0, "rows", "a test")
    closed = [refused(A, at, at + 1, client=WITNESS) for at in range(1050, 1500, 50)]
    late, arrived = operation(A, 1100, 1102, client=WITNESS), operation(A, 899, 1010, client=WITNESS)
    judged = history(WRITES, LOOKS, closed, arrived, snapshots=(promoted(*WRITES, arrived),))
    assert data_loss(judged, none, back, "recovery", True).verdict is Verdict.PASS

    judged = history(WRITES, LOOKS, closed, arrived, late, snapshots=(promoted(*WRITES, arrived),))
    assert [finding.keys for finding in data_loss(judged, none, back, "recovery", True).findings] == [keys(late)]


def test_where_nobody_tried_the_old_side_after_a_switch_back_nothing_is_known() -> None:
    """It may have been open."""
    back, none = switch(990, 1000), Objective("acknowledged writes lost", 0.0, "rows", "a test")
    judged = history(WRITES, LOOKS, snapshots=(promoted(*WRITES),))

    assert data_loss(judged, none, back, "recovery", True).undecided == (
        "nobody tried to write at the old side after the switch"
    )


def test_without_rows_writes_or_looks_nothing_is_known() -> None:
    """An unmeasured value never passes."""
    assert data_loss(history(WRITES, LOOKS), LIMIT, CUT, "recovery").verdict is Verdict.NO_VERDICT
    assert data_loss(history(LOOKS, snapshots=(promoted(),)), LIMIT, CUT, "recovery").verdict is Verdict.NO_VERDICT
    unseen = history(WRITES, snapshots=(promoted(*WRITES),))
    assert data_loss(unseen, LIMIT, CUT, "recovery").verdict is Verdict.NO_VERDICT
