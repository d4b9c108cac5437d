"""What the service shows of the lag, against the judge's own rows; above all while the link is cut."""

from collections.abc import Callable

import pytest

from hadrill.harness.checks.recovery.shown_lag import shown_lag
from hadrill.harness.checks.tests.histories import AT_RECOVERY, A, C, fault, history, load, look, ns
from hadrill.harness.model.history import History, ShownLag
from hadrill.harness.model.verdict import Objective, Verdict

LIMIT = Objective("error of the shown lag", 0.5, "s", "a test")
WRITES = load(A, 0, 4000)
CUT = fault(1000, 3000)


def measured(at_ms: float) -> float:
    """Seconds behind: from the cut on nothing arrives until it is healed."""
    return (at_ms - 1000) / 1000 if 1000 < at_ms < 3000 else 0.0


def seen(shows: Callable[[float], float | None], until_ms: int = 3900) -> History:
    """The service shows that at each moment; the judge's own reader looks every 50 ms."""
    looks = [
        row
        for at in range(100, 3950, 50)
        for row in look(C, at, WRITES[99] if 1000 <= at < 3000 else WRITES[at // 10 - 1], client=AT_RECOVERY)
    ]
    shown = tuple(ShownLag(ns(at), ns(at + 2), shows(at)) for at in range(200, until_ms, 200))
    return history(WRITES, looks, faults=(CUT,), shown_lag=shown)


def test_a_lag_that_is_shown_as_it_is_passes() -> None:
    """Within the tolerance, and growing by the clock during the cut."""
    judgement = shown_lag(seen(lambda at: measured(at) + 0.2), LIMIT, CUT)

    assert judgement.verdict is Verdict.PASS
    assert judgement.measures[1].value == 1.0


def test_a_lag_that_was_right_a_moment_ago_is_off_by_that_moment() -> None:
    """Two seconds are made up for at once: what was seen just before is as old as it is, and no worse."""
    late = shown_lag(seen(lambda at: measured(at - 400)), LIMIT, CUT)
    too_late = shown_lag(seen(lambda at: measured(at - 700)), LIMIT, CUT)

    assert late.verdict is Verdict.PASS
    assert late.measures[0].value == pytest.approx(0.4, abs=0.05)
    assert too_late.verdict is Verdict.FAIL


def test_what_was_made_up_for_between_two_looks_had_every_lag_between() -> None:
    """Half of it is made up for when the service looks, between the judge's looks; long afterwards that is no more."""
    halfway = shown_lag(seen(lambda at: 1.0 if at == 3000 else measured(at)), LIMIT, CUT)
    long_after = shown_lag(seen(lambda at: 1.0 if at == 3800 else measured(at)), LIMIT, CUT)

    assert halfway.verdict is Verdict.PASS
    assert long_after.verdict is Verdict.FAIL
    assert long_after.measures[0].value == pytest.approx(0.8, abs=0.05)


def test_zero_during_the_cut_is_a_finding_twice() -> None:
    """It is wrong, and it does not grow."""
    judgement = shown_lag(seen(lambda _: 0.0), LIMIT, CUT)

    assert [finding.sentence for finding in judgement.findings] == [
        "the lag shown at 2.802 s was 0.000 s, off by 1.798 s; allowed 0.5 s (error of the shown lag)",
        "in 1.600 s of process-killed of a1 the shown lag went from 0.000 s to 0.000 s",
    ]


def test_no_lag_at_all_is_a_finding() -> None:
    """Nobody can act on it."""
    judgement = shown_lag(seen(lambda at: measured(at) if at != 2000 else None), LIMIT, CUT)

    assert [finding.sentence for finding in judgement.findings] == [
        "no lag was shown at 2.002 s; allowed 0.5 s (error of the shown lag)",
        "no lag was shown during process-killed of a1",
    ]
    assert judgement.measures[0].value is None


def test_a_lag_that_is_invented_at_rest_is_a_finding() -> None:
    """Two seconds where there are none."""
    assert shown_lag(seen(lambda at: measured(at) if at > 900 else 2.0), LIMIT, CUT).verdict is Verdict.FAIL


def test_a_cut_that_was_not_looked_at_for_long_enough_leaves_no_verdict() -> None:
    """Growth could not be told from noise."""
    assert shown_lag(seen(measured, until_ms=1500), LIMIT, CUT).verdict is Verdict.NO_VERDICT
    assert shown_lag(history(WRITES, faults=(CUT,)), LIMIT, CUT).verdict is Verdict.NO_VERDICT
