"""What a dead run left behind is cleared, and nothing else."""

import json
import os
import subprocess
from pathlib import Path

from hadrill.environments.embedded.label import LABEL, RUN_VARIABLE, clear_dead_runs, folder_prefix, write_label
from hadrill.environments.embedded.processes import process_stat


def left_by(root: Path, harness: int, started: int, name: str = "x") -> Path:
    """A work folder whose label names that harness and is held by nobody."""
    folder = root / f"{folder_prefix()}{name}"
    folder.mkdir()
    with write_label(folder, harness) as label:
        said = json.loads((folder / LABEL).read_text(encoding="utf-8"))
        label.seek(0)
        label.truncate()
        json.dump(said | {"started": started}, label)
    return folder


def own_start() -> int:
    """When this very process was started."""
    stat = process_stat(os.getpid())
    assert stat is not None
    return stat.started


def test_a_dead_runs_folder_is_removed(tmp_path: Path) -> None:
    """The number may be in use again: by another process, which was started at another time."""
    folder = left_by(tmp_path, os.getpid(), own_start() - 1)
    assert clear_dead_runs(tmp_path) == [folder]
    assert not folder.exists()


def test_a_dead_runs_processes_are_ended(tmp_path: Path) -> None:
    """Where there are no namespaces, a guardian that was killed too leaves its servers."""
    folder = left_by(tmp_path, os.getpid(), own_start() - 1)
    with subprocess.Popen(("sleep", "60"), env={"PATH": os.defpath, RUN_VARIABLE: str(folder)}) as server:
        clear_dead_runs(tmp_path)
        assert server.wait(5) == -9


def test_a_live_harnesss_folder_is_kept(tmp_path: Path) -> None:
    """Even where its guardian is gone: that is for its harness to clear."""
    folder = left_by(tmp_path, os.getpid(), own_start())
    assert clear_dead_runs(tmp_path) == []
    assert folder.exists()


def test_a_folder_whose_label_is_held_is_kept(tmp_path: Path) -> None:
    """Its guardian is still clearing, or it lives in a container of its own where we cannot see its harness."""
    folder = tmp_path / f"{folder_prefix()}y"
    folder.mkdir()
    with write_label(folder, 2**22 + 1):
        assert clear_dead_runs(tmp_path) == []
    assert clear_dead_runs(tmp_path) == [folder]


def test_a_folder_without_a_label_is_kept(tmp_path: Path) -> None:
    """Who knows whose it is."""
    folder = tmp_path / f"{folder_prefix()}z"
    folder.mkdir()
    assert clear_dead_runs(tmp_path) == []
    assert folder.exists()


def test_a_link_of_that_name_is_not_followed(tmp_path: Path) -> None:
    """A folder of somebody else's must not be removed through it."""
    dead = left_by(tmp_path, os.getpid(), own_start() - 1, "w")
    elsewhere = dead.rename(tmp_path / "elsewhere")
    (tmp_path / f"{folder_prefix()}w").symlink_to(elsewhere)
    assert clear_dead_runs(tmp_path) == []
    assert elsewhere.exists()
