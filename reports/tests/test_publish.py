"""All reports of a run, each failing alone."""

import sys
from pathlib import Path

import pytest

from hadrill.harness.errors import HarnessTrouble
from hadrill.reports.publish import publish


def test_every_report_that_can_be_made_is_made(mixed_run: Path) -> None:
    """Without Allure the plain page stands alone; timelines are drawn for scenarios under load."""
    published = publish(mixed_run)
    assert {
        "result": mixed_run / "result.json",
        "timelines": mixed_run / "timelines",
        "summary": mixed_run / "summary.html",
    } == published.paths
    assert () == published.warnings
    assert ["ha-4-killed.png", "ha-4-loss.png"] == sorted(path.name for path in (mixed_run / "timelines").glob("*.png"))


def test_a_damaged_segment_costs_its_own_picture_only(mixed_run: Path) -> None:
    """A warning says which file was changed; verdicts and the other pictures stand."""
    (mixed_run / "operations" / "ha-4-loss-0.npy").write_bytes(b"changed")
    published = publish(mixed_run)
    assert ["ha-4-killed.png"] == [one.name for one in (mixed_run / "timelines").glob("*.png")]
    (warning,) = published.warnings
    assert "no timeline was made: the segment" in warning
    assert 1 == published.result.exit_code


def test_a_timeline_that_was_drawn_is_not_drawn_again(mixed_run: Path) -> None:
    """Allure had it at the scenario's end already."""
    (mixed_run / "timelines").mkdir()
    for name in ("ha-4-killed.png", "ha-4-loss.png"):
        (mixed_run / "timelines" / name).write_bytes(b"drawn")
    publish(mixed_run)
    assert b"drawn" == (mixed_run / "timelines" / "ha-4-loss.png").read_bytes()
    assert "data:image/png;base64,ZHJhd24=" in (mixed_run / "summary.html").read_text()


def test_an_allure_that_fails_costs_its_own_report_only(mixed_run: Path) -> None:
    """Our own page is there, and the warning says what Allure said."""
    (mixed_run / "allure-results").mkdir()
    (mixed_run / "allure-results" / "1-result.json").write_text("{}")
    published = publish(mixed_run, (sys.executable, "-c", "raise SystemExit('no room')"))
    assert ["result", "timelines", "summary"] == list(published.paths)
    assert (
        "no Allure report was made: Allure made no report; it ended with 1 and said: no room",
    ) == published.warnings


def test_a_folder_that_is_no_run_is_told(tmp_path: Path) -> None:
    """There is nothing to report from."""
    with pytest.raises(HarnessTrouble, match="no plan could be read"):
        publish(tmp_path)
