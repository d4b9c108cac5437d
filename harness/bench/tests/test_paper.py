"""How figures are written down."""

import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from hadrill.harness.bench.figure import Figure, not_measured
from hadrill.harness.bench.paper import print_sheets, read_sheets, worded, write_sheets
from hadrill.harness.bench.sheet import Sheet
from hadrill.harness.errors import WrongCall

MISSED = Figure("pair ready against one bare server", 2.5, "ratio", 2.0, (2.5, 2.6), "on two cores")
RUNS = Sheet("runs", "2026-11-21T11:00:00+00:00", 0.25, (MISSED,))


def test_the_file_is_a_list_of_objects_that_replaces_what_was_there(tmp_path: Path) -> None:
    """Each with the documented names; nothing else is left in the folder."""
    write_sheets(tmp_path / "bench", [RUNS, RUNS])
    file = write_sheets(tmp_path / "bench", [RUNS])
    expected = {
        "part": "runs",
        "measured_at": "2026-11-21T11:00:00+00:00",
        "load_average": 0.25,
        "name": "pair ready against one bare server",
        "value": 2.5,
        "unit": "ratio",
        "aim": 2.0,
        "runs": 2,
        "samples": [2.5, 2.6],
        "note": "on two cores",
    }
    assert [expected] == json.loads(file.read_text(encoding="utf-8"))
    assert ["bench.json"] == [path.name for path in (tmp_path / "bench").iterdir()]


def test_a_folder_that_cannot_be_made_is_a_wrong_call(tmp_path: Path) -> None:
    """It is told before anything is measured, with the place."""
    (tmp_path / "file").touch()
    with pytest.raises(WrongCall, match=r"file/bench\.json cannot be written: .*choose another --output"):
        write_sheets(tmp_path / "file", [])


def test_what_was_written_is_read_back_by_part(tmp_path: Path) -> None:
    """Figures and conditions alike."""
    setup = replace(RUNS, part="set-up", figures=(not_measured("time", "s", "it did not begin"), MISSED))
    write_sheets(tmp_path, [RUNS, setup])
    assert {"runs": RUNS, "set-up": setup} == read_sheets(tmp_path)


def test_a_folder_without_a_file_holds_nothing(tmp_path: Path) -> None:
    """And a file of another form is a wrong call."""
    assert {} == read_sheets(tmp_path)
    (tmp_path / "bench.json").write_text('[{"name": "x"}]', encoding="utf-8")
    with pytest.raises(WrongCall, match=r"is not what a benchmark wrote .*choose another --output"):
        read_sheets(tmp_path)


def test_a_sheet_is_complete_once_everything_has_a_value_and_enough_samples() -> None:
    """What is missing is measured when the benchmark is resumed."""
    assert RUNS.complete(2)
    assert not RUNS.complete(3)
    assert not replace(RUNS, figures=(MISSED, not_measured("time", "s", "it did not begin"))).complete(2)
    assert not replace(RUNS, figures=()).complete(0)


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (0.8371, "s", "0.84 s"),
        (12.34, "s", "12.3 s"),
        (254.31, "s", "254 s"),
        (0.0, "rows", "0 rows"),
        (1.873, "ratio", "1.87 : 1"),
        (None, "s", "not measured"),
    ],
)
def test_values_are_told_to_about_three_digits(value: float | None, unit: str, expected: str) -> None:
    """With their unit, and what has no value says so."""
    assert expected == worded(value, unit)


def test_the_table_says_which_aims_were_missed_and_why_something_has_no_value() -> None:
    """A missed aim stands in its own line, a reason below the table."""
    out = io.StringIO()
    sheet = replace(RUNS, figures=(MISSED, not_measured("set-up", "s", "it did not begin", 90.0)))
    print_sheets([sheet], Console(file=out, width=120))
    lines = [" ".join(line.split()) for line in out.getvalue().splitlines()]
    assert "pair ready against one bare server 2.50 : 1 2 : 1 2 0.2 missed" in lines
    assert "set-up not measured 90 s 0 0.2" in lines
    assert "set-up: it did not begin" in lines
