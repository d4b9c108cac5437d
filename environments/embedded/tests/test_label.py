"""What a dead run left behind is cleared, and nothing else."""

import json
import os
import shutil
import subprocess
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from hadrill.environments.embedded import guardian
from hadrill.environments.embedded.label import (
    LABEL,
    RUN_VARIABLE,
    clear_dead_runs,
    folder_prefix,
    is_held,
    write_label,
)
from hadrill.environments.embedded.processes import labelled, process_stat
from hadrill.environments.embedded.remove import remove_folder
from hadrill.harness.wait import NotYet, until


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
        mark = f"{RUN_VARIABLE}={folder}"  # which the kernel shows a moment after the program has begun
        until(lambda: bool(labelled(mark)) or NotYet("none"), "the server to carry its mark", timeout_s=10)
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


@pytest.mark.parametrize("label", ["[]", "7", "null", "{", "[" * 100_000], ids=len)
def test_a_folder_whose_label_says_nothing_is_kept(tmp_path: Path, label: str) -> None:
    """Nobody can tell whose it is."""
    folder = tmp_path / f"{folder_prefix()}x"
    folder.mkdir()
    (folder / LABEL).write_text(label, encoding="utf-8")
    assert clear_dead_runs(tmp_path) == []
    assert folder.exists()


def test_a_link_of_that_name_is_not_followed(tmp_path: Path) -> None:
    """A folder of somebody else's must not be removed through it."""
    dead = left_by(tmp_path, os.getpid(), own_start() - 1, "w")
    elsewhere = dead.rename(tmp_path / "elsewhere")
    (tmp_path / f"{folder_prefix()}w").symlink_to(elsewhere)
    assert clear_dead_runs(tmp_path) == []
    assert elsewhere.exists()


def test_a_guardian_holds_its_label_until_all_is_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever looks while it clears does not take the folder for one that is left."""
    seen: list[tuple[bool, str]] = []
    monkeypatch.setattr(guardian, "remove_folder", lambda work, last: seen.append((is_held(work), last)))
    for name in ("_start_room", "_wait_for_end_of_harness", "_end_all"):
        monkeypatch.setattr(guardian, name, lambda *_: True)
    ready = os.open(os.devnull, os.O_RDONLY)
    orders = guardian.Orders(str(tmp_path / "work"), os.getpid(), namespaces=False, ready_fd=ready, room="")
    with ExitStack() as held:
        assert guardian._guard(orders, tmp_path / "work", held) == 0
    assert (seen, is_held(tmp_path / "work")) == ([(True, LABEL)], False)


def test_a_folder_that_is_another_run_s_stays(tmp_path: Path) -> None:
    """It was there before: whoever made it removes it."""
    (tmp_path / "work").mkdir()
    (tmp_path / "work" / "data").touch()
    said, ready = os.pipe()
    orders = guardian.Orders(str(tmp_path / "work"), os.getpid(), namespaces=False, ready_fd=ready, room="")
    with ExitStack() as held:
        assert guardian._guard(orders, tmp_path / "work", held) == 0
    assert os.read(said, 1024).decode() == f"{tmp_path / 'work'}: File exists"
    assert (tmp_path / "work" / "data").exists()
    os.close(said)
    os.close(ready)


def test_the_label_goes_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When there is nothing else in the folder."""
    folder = left_by(tmp_path, os.getpid(), own_start())
    (folder / "data" / "below").mkdir(parents=True)
    (folder / "data" / "file").touch()
    seen: list[list[str]] = []
    remove_tree = shutil.rmtree

    def look_and_remove(tree: Path, **how: Any) -> None:
        seen.append(sorted(path.name for path in folder.iterdir()))
        remove_tree(tree, **how)

    monkeypatch.setattr(shutil, "rmtree", look_and_remove)
    remove_folder(folder, last=LABEL)
    assert (seen, folder.exists()) == ([["data", LABEL], [LABEL]], False)
