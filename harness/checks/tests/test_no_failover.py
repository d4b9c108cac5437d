"""A blip is no reason to fail over: who answered, when again, and what leaves no verdict."""

import pytest

from hadrill.harness.checks.no_failover import AGAIN, no_failover
from hadrill.harness.checks.tests.histories import (
    WITNESS,
    A,
    B,
    errors,
    fault,
    history,
    keys,
    load,
    operation,
    switch,
)
from hadrill.harness.model.fault import FaultRecord
from hadrill.harness.model.history import History
from hadrill.harness.model.verdict import Finding, Objective, Verdict

BLIP = fault(1000, 1300)
SOON = Objective("writes again after a blip", 1.0, "s", "a test")


def test_a_blip_that_changes_nothing_passes() -> None:
    """Timed from the heal to the first answer after it."""
    judgement = no_failover(history(load(A, 0, 1000), load(A, 1400, 5000), faults=(BLIP,)), BLIP, SOON)

    assert {measure.name: measure.value for measure in judgement.measures} == {AGAIN: pytest.approx(0.092)}
    assert judgement.measures[0].objective == SOON
    assert judgement.verdict is Verdict.PASS


def test_another_server_that_answers_after_a_blip_is_a_finding() -> None:
    """Over whatever way, with the first answer and all keys."""
    elsewhere = operation(B, 2000, 2002, client=WITNESS)
    judgement = no_failover(history(load(A, 0, 1000), load(A, 1400, 5000), elsewhere), BLIP, SOON)

    sentence = "after process-killed of a1 b1 acknowledged 1 write in place of a1, the first at 2.002 s"
    assert judgement.findings == (Finding("no failover", sentence, keys(elsewhere)),)


def test_another_server_that_answered_before_a_blip_is_a_finding() -> None:
    """The blip struck who was no primary any more."""
    judged = history(load(B, 0, 1000), load(B, 1400, 5000), faults=(BLIP,))

    early = no_failover(judged, BLIP, SOON, primary="a1")
    assert early.findings == (Finding("no failover", "b1 answered in place of a1 before process-killed of a1"),)
    assert no_failover(judged, BLIP, SOON, primary="b1").verdict is Verdict.PASS


def test_a_later_event_may_change_the_server() -> None:
    """The blip answers for its own time alone."""
    later = switch(4500, 4600)
    judged = history(load(A, 0, 1000), load(A, 1400, 4500), load(B, 4600, 5000), faults=(BLIP,), switches=(later,))

    assert no_failover(judged, BLIP, SOON).verdict is Verdict.PASS


def test_where_no_time_is_judged_a_late_answer_is_one_and_none_is_not() -> None:
    """Service went on, or it did not in all that was watched."""
    late = no_failover(history(load(A, 0, 1000), load(A, 4900, 5000), faults=(BLIP,)), BLIP, None)
    never = no_failover(history(load(A, 0, 1000), errors(1000, 5000), faults=(BLIP,)), BLIP, None)
    unseen = no_failover(history(load(A, 0, 1000), errors(1000, 2000), faults=(BLIP,)), BLIP, None)

    assert late.verdict is Verdict.PASS
    assert [finding.sentence.split(" in the ")[0] for finding in never.findings] == ["no write was acknowledged"]
    assert unseen.verdict is Verdict.NO_VERDICT


def test_service_that_does_not_go_on_after_a_blip_is_a_finding() -> None:
    """Late, or not at all."""
    late = no_failover(history(load(A, 0, 1000), load(A, 3000, 5000)), BLIP, SOON)
    never = no_failover(history(load(A, 0, 1000), errors(1000, 5000)), BLIP, SOON)

    allowed = "after the heal; allowed 1 s (writes again after a blip)"
    assert [each.sentence for each in late.findings] == [f"the first write was acknowledged in the 1.692 s {allowed}"]
    assert [each.sentence for each in never.findings] == [f"no write was acknowledged in the 3.680 s {allowed}"]


@pytest.mark.parametrize(
    ("judged", "blip", "doubt"),
    [
        (
            history(load(A, 0, 1000), load(A, 1400, 3000)),
            BLIP,
            "1.682 s of load after process-killed of a1 are too few",
        ),
        (history(load(A, 0, 9000)), fault(1000), "process-killed of a1 was not healed"),
        (history(load(A, 1400, 9000)), BLIP, "process-killed of a1 met no load"),
    ],
    ids=["load too short", "never healed", "no load before"],
)
def test_a_blip_that_was_not_watched_leaves_no_verdict(judged: History, blip: FaultRecord, doubt: str) -> None:
    """A late failover would not have been seen."""
    assert no_failover(judged, blip, SOON).undecided.startswith(doubt)
