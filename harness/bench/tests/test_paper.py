"""How figures are written down."""

import io
import json
from pathlib import Path

import pytest
from rich.console import Console

from hadrill.harness.bench.figure import Figure, not_measured
from hadrill.harness.bench.paper import print_figures, worded, write_figures
from hadrill.harness.errors import WrongCall

MISSED = Figure("pair ready against one bare server", 2.5, "ratio", 2.0, (2.5, 2.6), "on two cores")


def test_the_file_is_a_list_of_objects_that_replaces_what_was_there(tmp_path: Path) -> None:
    """Each with the six documented names and a note; nothing else is left in the folder."""
    write_figures(tmp_path / "bench", [MISSED, MISSED])
    file = write_figures(tmp_path / "bench", [MISSED])
    expected = {
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
        write_figures(tmp_path / "file", [])


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
    print_figures([MISSED, not_measured("set-up", "s", "it did not begin", 90.0)], Console(file=out, width=120))
    lines = [" ".join(line.split()) for line in out.getvalue().splitlines()]
    assert "pair ready against one bare server 2.50 : 1 2 : 1 2 missed" in lines
    assert "set-up not measured 90 s 0" in lines
    assert "set-up: it did not begin" in lines
