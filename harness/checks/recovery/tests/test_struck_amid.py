"""The manager's death is in the middle, or shows nothing."""

from hadrill.harness.checks.recovery.struck_amid import struck_amid
from hadrill.harness.model.verdict import Verdict


def test_a_death_in_the_middle_is_one() -> None:
    """With the time that the rest took."""
    judged = struck_amid("the copy", 0, 10**9, 3 * 10**9)
    assert (judged.verdict, judged.measures[0].value) == (Verdict.PASS, 2.0)


def test_a_death_afterwards_shows_nothing() -> None:
    """Neither way."""
    assert struck_amid("the copy", 0, 2 * 10**9, 10**9).verdict is Verdict.NO_VERDICT
