"""Records are written, claimed, found and removed."""

import traceback
from dataclasses import replace
from pathlib import Path

import pytest

from hadrill.harness.errors import HarnessTrouble, WrongCall
from hadrill.harness.live.holder_id import HolderId
from hadrill.harness.live.record import LiveRecord
from hadrill.harness.live.records import Records, records_folder
from hadrill.harness.live.selection import nothing_is_up, selected

DEAD = HolderId(1, 1, "another boot")


@pytest.fixture
def records(tmp_path: Path) -> Records:
    """An empty folder that is not there yet."""
    return Records(tmp_path / "state" / "live")


def test_a_record_is_read_as_it_was_written(records: Records, record: LiveRecord) -> None:
    """Nothing is lost on the way through the file, passwords included."""
    records.claim(record)
    assert records.find("ha") == record
    assert records.all() == (record,)


def test_a_record_is_its_owners_alone(records: Records, record: LiveRecord) -> None:
    """It holds passwords: nobody else reads the folder or a file of it."""
    records.claim(record)
    modes = {path.name: path.stat().st_mode & 0o777 for path in [records.folder, *records.folder.iterdir()]}
    assert modes == {"live": 0o700, "lock": 0o600, "ha.json": 0o600}


def test_a_record_shows_no_secret_in_a_traceback(record: LiveRecord) -> None:
    """Its representation has neither the token nor a password."""
    assert [word for word in ("the-token", "-word") if word in repr(record)] == []


def test_a_record_that_makes_no_sense_is_not_quoted(records: Records, record: LiveRecord) -> None:
    """Not in a traceback either, which a holder's log may have; a field with a password in it is the wrong one."""
    records.claim(record)
    path = records.path("ha")
    path.write_text(path.read_text().replace('"user"', '"name"').replace('"token"', '"word"'))
    with pytest.raises(HarnessTrouble) as refused:
        records.find("ha")
    told = "".join(traceback.format_exception(refused.value))
    assert "stage.auditor.user: Field required" in told
    assert [word for word in ("the-token", "-word") if word in told] == []


def test_a_topology_that_is_up_cannot_be_claimed(records: Records, record: LiveRecord) -> None:
    """The second call is told so, since when, and what to do; the first one's record stays."""
    records.claim(record)
    with pytest.raises(WrongCall) as refused:
        records.claim(replace(record, stage=None))
    expected = "ha is up since 2026-11-21 09:00:00 UTC; 'hadrill status ha' says more, 'hadrill down ha' ends it"
    assert (str(refused.value), records.find("ha")) == (expected, record)


def test_another_topology_can_be_claimed_beside_it(records: Records, record: LiveRecord) -> None:
    """Each has a record of its own."""
    records.claim(record)
    records.claim(replace(record, topology="basic"))
    assert [each.topology for each in records.all()] == ["basic", "ha"]


def test_what_a_dead_holder_left_can_be_claimed(records: Records, record: LiveRecord) -> None:
    """A record whose holder has ended is in nobody's way."""
    records.claim(replace(record, holder=DEAD))
    records.claim(record)
    assert records.find("ha") == record


def test_a_record_is_removed(records: Records, record: LiveRecord) -> None:
    """Nothing but the lock is left; removing it again is no error."""
    records.claim(record)
    records.remove(record)
    records.remove(record)
    assert [path.name for path in records.folder.iterdir()] == ["lock"]


def test_the_record_of_another_holder_stays(records: Records, record: LiveRecord) -> None:
    """Who clears after a dead holder does not take away what has come up since."""
    records.claim(record)
    records.remove(replace(record, holder=DEAD))
    assert records.find("ha") == record


def test_a_file_that_is_no_record_is_told(records: Records, record: LiveRecord) -> None:
    """The file is named, and what to do with it."""
    records.claim(record)
    records.path("ha").write_text('{"topology": "ha"}')
    with pytest.raises(HarnessTrouble, match=r"ha\.json is no record that this version wrote; .* remove the file"):
        records.all()


def test_a_folder_that_cannot_be_written_to_is_a_wrong_call(tmp_path: Path, record: LiveRecord) -> None:
    """The place is named, and what to set."""
    (tmp_path / "file").touch()
    records = Records(tmp_path / "file" / "live")
    with pytest.raises(WrongCall, match=r"/file.* cannot be written: .*; set XDG_STATE_HOME"):
        records.claim(record)
    with pytest.raises(WrongCall, match=r"/file.* cannot be read: .*; set XDG_STATE_HOME"):
        records.find("ha")


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({"XDG_STATE_HOME": "/s", "HOME": "/h"}, "/s/hadrill/live"),
        ({"XDG_STATE_HOME": "", "HOME": "/h"}, "/h/.local/state/hadrill/live"),
    ],
)
def test_the_folder_follows_the_environment(environ: dict[str, str], expected: str) -> None:
    """As XDG has it."""
    assert records_folder(environ) == Path(expected)


def test_a_topology_is_selected_as_it_was_named(records: Records, record: LiveRecord) -> None:
    """By its name, by its file, or with all others; one that is known and not up selects nothing."""
    records.claim(record)
    basic = replace(record, topology="basic")
    records.claim(basic)
    assert selected(records, None) == (basic, record)
    assert selected(records, "ha") == (record,)
    assert selected(records, "./gone/ha.yaml") == (record,)
    assert selected(records, "drill") == ()


def test_an_unknown_topology_cannot_be_selected(records: Records) -> None:
    """A slip of the pen is not taken for a topology that is down."""
    with pytest.raises(WrongCall, match="there is no topology 'hq'; known are: "):
        selected(records, "hq")


@pytest.mark.parametrize(("topology", "expected"), [(None, "nothing is up"), ("./mine.yaml", "mine is not up")])
def test_nothing_is_said_to_be_up(topology: str | None, expected: str) -> None:
    """The topology is named where one was asked for."""
    assert nothing_is_up(topology) == expected
