"""From the request to activate to the first write that the instance acknowledges."""

from hadrill.harness.checks.recovery.activation import activation
from hadrill.harness.checks.tests.histories import CALLER, C, Row, history, keys, ns, operation, refused, switch
from hadrill.harness.model.history import Stall
from hadrill.harness.model.operation import Outcome
from hadrill.harness.model.verdict import Finding, Objective, Verdict

LIMIT = Objective("activation", 10.0, "s", "a test")
BEFORE = [refused(C, at, at + 1, client=CALLER) for at in range(0, 1000, 50)]


def taken(sent_ms: int) -> Row:
    """A write that the promoted instance acknowledges."""
    return operation(C, sent_ms, sent_ms + 2, client=CALLER)


def test_the_first_write_after_the_request_counts() -> None:
    """By its acknowledgement, with the time between tries as resolution."""
    judgement = activation(history(BEFORE, taken(3000), taken(3050)), LIMIT, switch(1000, 2900))

    assert judgement.verdict is Verdict.PASS
    assert judgement.measures[0].value == 2.002
    assert judgement.measures[0].objective == LIMIT


def test_one_that_comes_too_late_is_a_finding() -> None:
    """With when it was asked for and what is allowed."""
    judgement = activation(history(BEFORE, taken(12_000)), LIMIT, switch(1000, 2900))

    sentence = "asked for at 1.000 s, the first write was acknowledged 11.002 s later; allowed 10 s (activation)"
    assert judgement.findings == (Finding("activation", sentence),)


def test_our_own_stall_leaves_no_verdict_where_it_may_be_all_that_exceeds() -> None:
    """It was our own load that did not ask."""
    stalled = history(BEFORE, taken(12_000), stalls=(Stall("load", ns(4000), ns(2000)),))

    assert activation(stalled, LIMIT, switch(1000, 2900)).verdict is Verdict.NO_VERDICT


def test_none_at_all_is_a_finding_once_the_load_went_on_for_long_enough() -> None:
    """Else it is not known."""
    never, short = refused(C, 11_500, 11_501, client=CALLER), refused(C, 5000, 5001, client=CALLER)

    assert activation(history(BEFORE, never), LIMIT, switch(1000, None)).findings == (
        Finding(
            "activation",
            "asked for at 1.000 s, and no write was acknowledged in the 10.501 s of load since; "
            "allowed 10 s (activation)",
        ),
    )
    assert activation(history(BEFORE, short), LIMIT, switch(1000, None)).verdict is Verdict.NO_VERDICT


def test_a_write_before_the_request_is_a_finding() -> None:
    """An instance that is to follow took it."""
    early = taken(500)
    judgement = activation(history(BEFORE, early, taken(2000)), LIMIT, switch(1000, 1900))

    assert judgement.findings == (
        Finding(
            "activation",
            "1 write had been acknowledged at the disaster-recovery instance before it was to take any, the first at "
            "0.502 s",
            keys(early),
        ),
    )


def test_without_tries_before_the_request_nothing_is_known() -> None:
    """It may have taken writes all along."""
    assert activation(history(taken(3000)), LIMIT, switch(1000, 2900)).verdict is Verdict.NO_VERDICT


def test_one_that_was_carried_out_and_takes_no_writes_is_a_finding() -> None:
    """However much of the objective is left; it needs a while, and somebody who could not tell leaves it open."""
    told_off = [refused(C, at, at + 1, client=CALLER) for at in range(2900, 3600, 100)]

    assert activation(history(BEFORE, told_off), LIMIT, switch(1000, 2850)).findings == (
        Finding(
            "activation",
            "it was done at 2.850 s, and 7 writes that were tried at the disaster-recovery instance since then were "
            "refused",
        ),
    )
    assert activation(history(BEFORE, told_off[:4]), LIMIT, switch(1000, 2850)).verdict is Verdict.NO_VERDICT
    assert activation(history(BEFORE, told_off), LIMIT, switch(1000, None)).verdict is Verdict.NO_VERDICT
    unknown = operation(C, 3300, 3550, outcome=Outcome.INDETERMINATE, client=CALLER)
    assert activation(history(BEFORE, told_off, unknown), LIMIT, switch(1000, 2850)).verdict is Verdict.NO_VERDICT
