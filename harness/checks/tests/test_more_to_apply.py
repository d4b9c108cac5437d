"""A secondary that had applied all shows nothing of what it does with the rest."""

from typing import Final

from hadrill.harness.checks.more_to_apply import more_to_apply
from hadrill.harness.model.verdict import Verdict

SOURCE: Final = "3e11fa47-71ca-11e1-9e33-c80aa9429562"


def test_what_waits_is_counted() -> None:
    """What it executed of others' does not matter."""
    judgement = more_to_apply(f"{SOURCE}:5-20", f"{SOURCE}:1-12,4e11fa47-71ca-11e1-9e33-c80aa9429562:1-99")
    assert (judgement.verdict, judgement.measures[0].value) == (Verdict.PASS, 8)


def test_nothing_that_waits_leaves_no_verdict() -> None:
    """The drill came too late."""
    judgement = more_to_apply(f"{SOURCE}:5-20", f"{SOURCE}:1-20")
    assert (judgement.verdict, judgement.measures[0].value) == (Verdict.NO_VERDICT, 0)
    assert "had applied all" in judgement.undecided
