"""A switch that was put off, by the answers of the servers alone."""

import pytest

from hadrill.harness.checks.tests.histories import A, B, Row, history, load, ns, operation, switch
from hadrill.harness.checks.within_period import AFTER_BEGIN, within_period
from hadrill.harness.model.history import Stall
from hadrill.harness.model.verdict import Finding, Judgement, Measure, Verdict

ASKED = switch(1000, None)


def judged(*rows: Row | list[Row]) -> Judgement:
    """Against a period from 3 s to 5 s."""
    return within_period(history(*rows), ASKED, ns(3000), ns(5000))


def test_a_change_within_the_period_passes() -> None:
    """Timed from the period's begin, as exactly as the answers around the change tell."""
    judgement = judged(load(A, 0, 3200), load(B, 3300, 6000))

    assert judgement.measures == (Measure(AFTER_BEGIN, 0.302, "s", 0.112),)
    assert judgement.verdict is Verdict.PASS


@pytest.mark.parametrize(("at_ms", "outside", "changed"), [(2000, "before", 2.102), (5200, "after", 5.302)])
def test_a_change_outside_the_period_is_a_finding(at_ms: int, outside: str, changed: float) -> None:
    """Even by a little."""
    sentence = f"b1 answered in place of a1 from {changed:.3f} s on, {outside} the period from 3.000 s to 5.000 s"

    assert judged(load(A, 0, at_ms), load(B, at_ms + 100, 7000)).findings == (Finding("within period", sentence),)


def test_a_change_that_may_lie_on_either_side_of_a_bound_is_within() -> None:
    """The old server's last write was sent before the bound, the new one's first answered after it."""
    for at_ms in (2950, 4950):
        assert judged(load(A, 0, at_ms), load(B, at_ms + 100, 7000)).verdict is Verdict.PASS


def test_customers_who_are_cut_off_before_the_period_are_a_finding() -> None:
    """Though the new server answers only in it; unless it was our own load that stood still."""
    early = load(A, 0, 1900), load(B, 3100, 7000)
    sentence = "a1 answered last at 1.892 s, before the period from 3.000 s to 5.000 s"

    assert judged(*early).findings == (Finding("within period", sentence),)
    stalled = history(*early, stalls=(Stall("load", ns(1950), ns(200)),))
    assert within_period(stalled, ASKED, ns(3000), ns(5000)).verdict is Verdict.PASS


def test_a_period_that_passes_without_a_change_is_a_finding() -> None:
    """While it lasts nothing is known."""
    sentence = "a1 answered all along until 5.990 s: nothing was switched"

    assert judged(load(A, 0, 6000)).findings == (Finding("within period", sentence),)
    assert judged(load(A, 0, 4000)).verdict is Verdict.NO_VERDICT


def test_a_request_without_load_before_it_leaves_no_verdict() -> None:
    """Which server was the old one is not known."""
    assert judged(load(B, 3300, 6000)).verdict is Verdict.NO_VERDICT


def test_an_earlier_change_is_not_this_one() -> None:
    """What was answered before the request is of no account."""
    assert judged(operation(B, 0, 1), load(A, 100, 3200), load(B, 3300, 6000)).verdict is Verdict.PASS
