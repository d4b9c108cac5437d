"""SW-4: how long until the pair is protected again, in seconds from the begin of the heal: a restart is part of it.

Seen protected in the end, but first looked at too late for the objective, leaves no verdict.

Does not flag: a pair that was never unprotected.
"""

from hadrill.harness.model.verdict import Finding, Judgement, Measure, Objective


def returned(since_ns: int, protected_ns: int | None, objective: Objective) -> Judgement:
    """The old primary is back as a secondary that holds everything, within the objective.

    Args:
        since_ns: when the heal of the last fault began, or the switch was asked for.
        protected_ns: when the service called the pair protected and it was seen to be one; None where neither was
            within the objective.
    """
    name = "returned"
    if protected_ns is None:
        sentence = f"the pair was not protected again within {objective.limit:g} s of the heal"
        return Judgement(name, (Finding(name, sentence),))
    seconds = max(0.0, (protected_ns - since_ns) / 1e9)
    late = (
        f"the pair was seen protected {seconds:.3f} s after the heal; allowed {objective.limit:g} s ({objective.name})"
    )
    measures = (Measure("until protected again", seconds, "s", 0.05, objective),)
    return Judgement(name, measures=measures, undecided=late if seconds > objective.limit else "")
