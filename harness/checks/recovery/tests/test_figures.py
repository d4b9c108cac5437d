"""What an instance's monitoring shows over time."""

from dataclasses import replace

from hadrill.harness.checks.recovery.figures import figures
from hadrill.harness.model.disaster_recovery import MonitoringFigures
from hadrill.harness.model.verdict import Verdict

SHOWN = tuple(MonitoringFigures(f"2026-11-28T05:00:0{second}", 12.0, 4, 0.1, 20.0) for second in range(3))


def test_figures_of_an_instance_that_is_used_pass() -> None:
    """Three seconds of them."""
    assert figures(SHOWN).verdict is Verdict.PASS


def test_what_is_missing_is_named() -> None:
    """Each by itself."""
    empty = tuple(MonitoringFigures("2026-11-28T05:00:00", 0.0, 0, None, 0.0) for _ in range(2))
    assert [finding.sentence for finding in figures(empty).findings] == [
        "there are 2 figures, not 3 or more",
        "their times do not go on",
        "no query is shown, and clients ask all the time",
        "no connection is shown, and clients are connected",
        "no lag is shown, and it follows its master",
        "no disk is shown to be used",
    ]
    assert figures((*SHOWN[1:], replace(SHOWN[0], lag_s=None))).verdict is Verdict.FAIL
