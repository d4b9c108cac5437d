"""The picture itself: what is written on it, and where it lies."""

from pathlib import Path

import pytest
from matplotlib.text import Annotation

from hadrill.harness.evidence.history import read_history
from hadrill.reports.course import Mark
from hadrill.reports.painting import paint, spread
from hadrill.reports.record import read_record
from hadrill.reports.retrace import course_of
from hadrill.reports.timeline import draw_timeline


def test_a_picture_is_drawn(mixed_run: Path) -> None:
    """It lies under ``timelines/`` of the run's folder, by the scenario's id."""
    picture = draw_timeline(mixed_run, "ha-4-killed")
    assert picture is not None
    assert mixed_run / "timelines" / "ha-4-killed.png" == picture.png
    assert b"\x89PNG" == picture.png.read_bytes()[:4]


def test_a_scenario_without_load_has_no_picture(mixed_run: Path) -> None:
    """Nothing was written over the address, so there is nothing to see."""
    assert draw_timeline(mixed_run, "sw-6-refused") is None


def test_fault_detection_promotion_and_first_write_are_named(mixed_run: Path) -> None:
    """Each mark carries its name and its distance from the fault."""
    began_ns = read_record(mixed_run).scenarios[0].began_ns
    assert began_ns is not None
    course = course_of(read_history(mixed_run, "ha-4-killed"), began_ns, (Mark(8.25, "detected"),))
    assert course is not None
    figure = paint(course, "a title")
    named = [one.get_text() for one in figure.axes[2].texts if isinstance(one, Annotation)]
    assert ["process killed: a1", "detected", "first write on a2"] == [text.split("\n")[0] for text in named]
    assert any(text.startswith("first write on a2\n+0.6") for text in named)


def test_a_name_that_is_no_file_name_is_quoted(mixed_run: Path) -> None:
    """A user's scenario id cannot leave the folder."""
    plan = mixed_run / "plan.json"
    plan.write_text(plan.read_text().replace("ha-4-killed", "../../ha-4 killed"))
    journal = mixed_run / "journal.jsonl"
    renamed = journal.read_text().replace('"scenario":"ha-4-killed"', '"scenario":"../../ha-4 killed"')
    journal.write_text(renamed)
    picture = draw_timeline(mixed_run, "../../ha-4 killed")
    assert picture is not None
    assert mixed_run / "timelines" / "..%2F..%2Fha-4%20killed.png" == picture.png


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ([], []),
        ([0.1, 0.5], [0.1, 0.5]),
        ([0.50, 0.51, 0.52], [0.50, 0.60, 0.70]),
        ([0.94, 0.95], [0.85, 0.95]),
    ],
    ids=["none", "apart", "close", "at the edge"],
)
def test_names_stand_side_by_side(wanted: list[float], expected: list[float]) -> None:
    """In order, at least so far apart, pushed inwards at the right edge."""
    assert pytest.approx(expected) == spread(wanted, apart=0.1)


def test_a_dollar_sign_in_a_title_starts_no_formula(mixed_run: Path) -> None:
    """A title that would be no valid formula is drawn as it is."""
    course = course_of(read_history(mixed_run, "ha-4-killed"), 0)
    assert course is not None
    figure = paint(course, "costs $\\nothing$")
    figure.savefig(mixed_run / "x.svg")
    assert "costs $\\nothing$" == figure.get_suptitle()
