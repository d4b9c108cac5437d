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
        ((0, 0.1, 0.4, 0.3, 1), "the progress fell from 40% to 30% in attempt 1"),
        ((0, 0.1, 0.4, 0.9), "the synchronization is done, and shows a progress of 90%"),
        ((0, 0.9, 1), "in the 2.0 s that it took, the progress showed 90% between 0 and 100%"),
        ((0, 1), "in the 2.0 s that it took, the progress showed nothing between 0 and 100%"),
    ],
)
def test_what_is_wrong_is_said(shares: tuple[float, ...], says: str) -> None:
    """With the values that were seen."""
    (finding,) = judged(2, *shares).findings
    assert finding.sentence == says


def test_a_copy_that_is_begun_anew_counts_from_nothing() -> None:
    """It is said to be another attempt, and each rises by itself."""
    looks = ((0, 0.0, 1), (1, 0.4, 1), (2, 0.0, 2), (3, 0.3, 2), (4, 0.8, 2), (5, 1.0, 2))
    found = progress(tuple(ShownProgress(at_s * 10**9, share, attempt) for at_s, share, attempt in looks))
    assert found.verdict is Verdict.PASS
    assert [each.value for each in found.measures] == [2, 5, 2]


@pytest.mark.parametrize(
    ("looks", "says"),
    [
        (
            ((0, 0.4, 1), (1, 0.0, 2), (2, 0.5, 2), (3, 0.3, 2), (4, 1.0, 2)),
            "the progress fell from 50% to 30% in attempt 2",
        ),
        (((0, 0.4, 2), (1, 0.5, 1), (2, 0.6, 2), (3, 1.0, 2)), "attempt 1 was shown after attempt 2"),
        (
            ((0, 0.4, 1), (1, 0.5, 1), (2, 0.0, 2), (4, 0.0, 2), (5, 1.0, 2)),
            "in the 3.0 s that it took, the progress showed nothing between 0 and 100%",
        ),
    ],
)
def test_another_attempt_excuses_nothing_else(looks: tuple[tuple[int, float, int], ...], says: str) -> None:
    """A fall within it, one that comes back, one that cannot be followed."""
    (finding,) = progress(tuple(ShownProgress(s * 10**9, share, attempt) for s, share, attempt in looks)).findings
    assert finding.sentence == says


def test_one_that_is_over_at_once_need_not_show_anything() -> None:
    """There was no time to look."""
    assert judged(0.5, 0, 1).verdict is Verdict.PASS


def test_without_a_look_nothing_is_shown() -> None:
    """Neither way."""
    assert progress(()).verdict is Verdict.NO_VERDICT
