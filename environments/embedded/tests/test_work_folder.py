"""Where a run's files go."""

import tempfile
from pathlib import Path

import pytest

from hadrill.environments.embedded.settings import load_settings
from hadrill.environments.embedded.work_folder import new_work_folder, require_space, work_root
from hadrill.harness.errors import WrongCall


def test_no_two_runs_share_a_folder() -> None:
    """Names are random; the folder is not made yet."""
    first, second = (new_work_folder(Path("/tmp")) for _ in range(2))
    assert first != second
    assert not first.exists()


def test_a_path_too_long_for_sockets_is_refused(tmp_path: Path) -> None:
    """A Unix socket's path has at most 107 bytes."""
    with pytest.raises(WrongCall, match="too long a path for the servers' sockets"):
        new_work_folder(tmp_path / ("x" * 60))


def test_a_folder_that_is_not_there_is_refused() -> None:
    """The message names it and says what to do."""
    with pytest.raises(WrongCall, match="/tmp/none cannot be written to; set TMPDIR"):
        new_work_folder(Path("/tmp/none"))


def test_a_full_disk_is_refused(tmp_path: Path) -> None:
    """Before anything is started."""
    with pytest.raises(WrongCall, match=r"MiB free and a run needs 1000000000"):
        require_space(tmp_path, 10**9)


def test_a_folder_for_temporary_files_that_is_not_there_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Python would take /tmp instead, and mysqld would fail to start a minute later."""
    monkeypatch.setenv("TMPDIR", "/not/there")
    with pytest.raises(WrongCall, match="/not/there"):
        work_root(load_settings())


def test_files_are_kept_in_memory_where_it_has_room(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Unless somebody named a folder, wants it never, or there is too little memory or none to be had."""
    monkeypatch.delenv("TMPDIR", raising=False)
    least = load_settings().model_copy(update={"memory_least_free_mib": 1})
    disk = Path(tempfile.gettempdir())
    assert work_root(least, tmp_path) == tmp_path
    assert work_root(least.model_copy(update={"memory_least_free_mib": 0}), tmp_path) == disk
    assert work_root(least.model_copy(update={"memory_least_free_mib": 10**9}), tmp_path) == disk
    assert work_root(least, tmp_path / "none") == disk
    assert work_root(least.model_copy(update={"work_root": tmp_path / "told"}), disk) == tmp_path / "told"
    monkeypatch.setenv("TMPDIR", str(disk))
    assert work_root(least, tmp_path) == disk
