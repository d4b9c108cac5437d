"""The progress of a synchronization, from looks."""

import pytest

from hadrill.harness.checks.recovery.progress import progress
from hadrill.harness.model.disaster_recovery import ShownProgress
from hadrill.harness.model.verdict import Judgement, Verdict


def judged(took_s: float, *shares: float) -> Judgement:
    """Looks at equal distances."""
    step_ns = round(took_s * 1e9 / max(len(shares) - 1, 1))
    return progress(tuple(ShownProgress(at * step_ns, share) for at, share in enumerate(shares)))


def test_it_rises_step_by_step() -> None:
    """As it should; a value may be seen twice."""
    assert judged(2, 0, 0.1, 0.4, 0.4, 0.9, 1).verdict is Verdict.PASS


@pytest.mark.parametrize(
    ("shares", "says"),
    [
        ((0, 0.1, 0.4, 0.3, 1), "fell from 40% to 30%"),
        ((0, 0.1, 0.4, 0.9), "a progress of 90%"),
        ((0, 0.9, 1), "showed 90% between"),
        ((0, 1), "showed nothing between"),
    ],
)
def test_what_is_wrong_is_said(shares: tuple[float, ...], says: str) -> None:
    """With the values that were seen."""
    (finding,) = judged(2, *shares).findings
    assert says in finding.sentence


def test_one_that_is_over_at_once_need_not_show_anything() -> None:
    """There was no time to look."""
    assert judged(0.5, 0, 1).verdict is Verdict.PASS


def test_without_a_look_nothing_is_shown() -> None:
    """Neither way."""
    assert progress(()).verdict is Verdict.NO_VERDICT
