"""DR-10: how far a synchronization is can be seen while it goes on.

What is shown never falls and ends at 1. One value alone on the way there says no more than that something was begun, so
that a synchronization which lasts long enough to be looked at must have shown several.

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
    fallen = [f"the progress fell from {a.share:.0%} to {b.share:.0%}" for a, b in pairwise(shown) if b.share < a.share]
    last, took_s = shown[-1], (shown[-1].at_ns - shown[0].at_ns) / 1e9
    unfinished = [] if last.share == 1 else [f"the synchronization is done, and shows a progress of {last.share:.0%}"]
    between = {each.share for each in shown if 0 < each.share < 1}
    unseen = took_s >= WORTH_A_LOOK_S and len(between) < SEVERAL
    values = ", ".join(f"{share:.0%}" for share in sorted(between)) or "nothing"
    hidden = [f"in the {took_s:.1f} s that it took, the progress showed {values} between 0 and 100%"] if unseen else []
    measures = (
        Measure("values of the progress between 0 and 1", len(between), "values"),
        Measure("until the synchronization was done", took_s, "s"),
    )
    return Judgement(CHECK, tuple(Finding(CHECK, each) for each in fallen + unfinished + hidden), measures)
