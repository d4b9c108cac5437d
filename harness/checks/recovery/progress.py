"""DR-10: how far a synchronization is can be seen while it goes on.

What is shown never falls and ends at 1. A copy that fails is begun anew from nothing, and the service says which
attempt it is; so no attempt falls, and none comes back. One value alone on the way says no more than that something was
begun, so that a last attempt which lasts long enough to be looked at must have shown several.

Does not flag: values that passed between two looks; one that is off, or stands still for long.
"""

from itertools import pairwise
from typing import Final

from hadrill.harness.model.disaster_recovery import ShownProgress
from hadrill.harness.model.verdict import Finding, Judgement, Measure

CHECK: Final = "progress"
WORTH_A_LOOK_S: Final = 1.0
SEVERAL: Final = 2


def progress(shown: tuple[ShownProgress, ...]) -> Judgement:
    """It rose step by step.

    Args:
        shown: in order of time, from when the synchronization was asked for to when it was done.
    """
    if not shown:
        return Judgement(CHECK, undecided="nobody looked at the progress")
    fallen = [_fall(before, after) for before, after in pairwise(shown) if _place(after) < _place(before)]
    last = shown[-1]
    final = [each for each in shown if each.attempt == last.attempt]
    took_s = (last.at_ns - final[0].at_ns) / 1e9
    unfinished = [] if last.share == 1 else [f"the synchronization is done, and shows a progress of {last.share:.0%}"]
    between = {each.share for each in final if 0 < each.share < 1}
    unseen = took_s >= WORTH_A_LOOK_S and len(between) < SEVERAL
    values = ", ".join(f"{share:.0%}" for share in sorted(between)) or "nothing"
    hidden = [f"in the {took_s:.1f} s that it took, the progress showed {values} between 0 and 100%"] if unseen else []
    measures = (
        Measure("values of the progress between 0 and 1", len(between), "values"),
        Measure("until the synchronization was done", (last.at_ns - shown[0].at_ns) / 1e9, "s"),
        Measure("attempts at the copy", last.attempt, "attempts"),
    )
    return Judgement(CHECK, tuple(Finding(CHECK, each) for each in fallen + unfinished + hidden), measures)


def _place(shown: ShownProgress) -> tuple[int, float]:
    return shown.attempt, shown.share


def _fall(before: ShownProgress, after: ShownProgress) -> str:
    if after.attempt < before.attempt:
        return f"attempt {after.attempt} was shown after attempt {before.attempt}"
    return f"the progress fell from {before.share:.0%} to {after.share:.0%} in attempt {after.attempt}"
