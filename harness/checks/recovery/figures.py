"""DR-14: the figures that an instance's monitoring shows, over time, of one that is used and follows.

Does not flag: how exact they are; ``shown lag`` holds the lag to a measure of our own.
"""

from hadrill.harness.model.disaster_recovery import MonitoringFigures
from hadrill.harness.model.verdict import Finding, Judgement, Measure

FEWEST = 3
"""As many figures are needed for anything to be seen over time."""


def figures(shown: tuple[MonitoringFigures, ...]) -> Judgement:
    """Queries, connections, lag and disk are there, at times that go on."""
    name = "figures"
    times = [each.utc for each in shown]
    wrong = {
        f"there are {len(shown)} figures, not {FEWEST} or more": len(shown) < FEWEST,
        "their times do not go on": times != sorted(set(times)),
        "no query is shown, and clients ask all the time": not any(each.queries_per_s > 0 for each in shown),
        "no connection is shown, and clients are connected": not any(each.connections > 0 for each in shown),
        "no lag is shown, and it follows its master": all(each.lag_s is None for each in shown),
        "no disk is shown to be used": not any(each.disk_mib > 0 for each in shown),
    }
    findings = tuple(Finding(name, sentence) for sentence, true in wrong.items() if true)
    return Judgement(name, findings, (Measure("figures shown", len(shown), "figures"),))
