"""How long a pair was not protected, and what leaves no verdict."""

from hadrill.harness.checks.returned import returned
from hadrill.harness.checks.tests.histories import ns
from hadrill.harness.model.verdict import Finding, Objective, Verdict

SOON = Objective("return of the old primary", 30.0, "s", "a test")


def test_a_pair_that_is_protected_in_time_passes() -> None:
    """Counted from the begin of the heal; never below nothing."""
    judgement = returned(ns(1000), ns(9500), SOON)

    assert judgement.verdict is Verdict.PASS
    assert [measure.value for measure in judgement.measures] == [8.5]
    assert returned(ns(1000), ns(900), SOON).measures[0].value == 0


def test_one_that_is_never_seen_so_is_a_finding() -> None:
    """With the time that it had."""
    assert returned(ns(1000), None, SOON).findings == (
        Finding("returned", "the pair was not protected again within 30 s of the heal"),
    )


def test_one_that_was_looked_at_too_late_leaves_no_verdict() -> None:
    """It may have been protected long before."""
    assert returned(0, ns(31_000), SOON).undecided == (
        "the pair was seen protected 31.000 s after the heal; allowed 30 s (return of the old primary)"
    )
