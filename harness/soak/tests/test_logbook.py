"""The soak's file."""

from pathlib import Path

import pytest

from hadrill.harness.errors import HarnessTrouble, WrongCall
from hadrill.harness.soak.entries import SOAK, Began, Ended, FalseAlarm, Undecided, Unfinished
from hadrill.harness.soak.logbook import open_logbook

ENTRIES = (
    Began(1, 7, "2026-11-21T08:00:00+00:00", "0.1.0", "abc", ("--tags", "@smoke")),
    Ended(1, 7, "b", "e", 1.5, 1, {"fail": 1}, (FalseAlarm("s", "outage", "é"),), (Undecided("t", "why"),), "drill-1"),
    Unfinished(2, 9, "2026-11-21T08:01:00+00:00", "SIGINT"),
)


def test_what_was_written_is_read_again(tmp_path: Path) -> None:
    """Every kind of entry, by the next sitting."""
    for entry in ENTRIES:
        with open_logbook(tmp_path, SOAK) as logbook:
            logbook.append(entry)
    with open_logbook(tmp_path, SOAK) as logbook:
        assert logbook.entries == list(ENTRIES)


def test_a_torn_line_is_cut_off(tmp_path: Path) -> None:
    """Its writer was killed; what comes next stands in a line of its own."""
    with open_logbook(tmp_path, SOAK) as logbook:
        logbook.append(ENTRIES[0])
    with (tmp_path / SOAK.file).open("ab") as file:
        file.write('{"kind": "ended", "é'.encode()[:-1])
    with open_logbook(tmp_path, SOAK) as logbook:
        logbook.append(ENTRIES[2])
    with open_logbook(tmp_path, SOAK) as logbook:
        assert logbook.entries == [ENTRIES[0], ENTRIES[2]]


def test_one_soak_at_a_time(tmp_path: Path) -> None:
    """A second one in the same folder is refused."""
    with (
        open_logbook(tmp_path, SOAK),
        pytest.raises(WrongCall, match="another soak goes on"),
        open_logbook(tmp_path, SOAK),
    ):
        pass


def test_a_file_of_something_else_is_left_alone(tmp_path: Path) -> None:
    """Its line is named."""
    (tmp_path / SOAK.file).write_text('{"kind": "shopping", "milk": 2}\n')
    with pytest.raises(HarnessTrouble, match="line 1, is no entry of a soak"), open_logbook(tmp_path, SOAK):
        pass
    assert (tmp_path / SOAK.file).read_text() == '{"kind": "shopping", "milk": 2}\n'
