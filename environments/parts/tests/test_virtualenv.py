"""When a clone's virtual environment is finished, and what is done with one that is not."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from hadrill.environments.parts.bootstrap import set_up
from hadrill.environments.parts.settings import PartSettings
from hadrill.environments.parts.stamp import expected_stamp, write_stamp
from hadrill.environments.parts.tests.heard import Heard
from hadrill.environments.parts.virtualenv import VirtualEnvironment
from hadrill.harness.errors import PartMissing, WrongCall


@pytest.fixture
def venv(tmp_path: Path, program: Callable[..., Path]) -> VirtualEnvironment:
    """A finished environment: a Python and a stamp."""
    clone = tmp_path / "clone"
    (clone / ".venv/bin").mkdir(parents=True)
    (clone / ".venv/bin/python").symlink_to(program(tmp_path / "system/python3"))
    (clone / ".venv/.hadrill-lock").touch()
    for name in ("requirements.txt", "pyproject.toml"):
        (clone / name).write_text(name)
    write_stamp(clone / ".venv", expected_stamp(clone, clone / ".venv"))
    return VirtualEnvironment(clone)


@pytest.mark.parametrize("name", ["requirements.txt", "pyproject.toml"])
def test_environment_is_current_until_what_it_is_made_of_changes(venv: VirtualEnvironment, name: str) -> None:
    """A change of the lock or of the project asks for set-up."""
    before = venv.is_current
    (venv.clone / name).write_text("changed")
    assert (before, venv.is_current) == (True, False)


def test_moved_clone_is_set_up_again(venv: VirtualEnvironment) -> None:
    """An environment names its own folder in its scripts, so it does not survive a move."""
    moved = venv.clone.rename(venv.clone.with_name("moved"))
    assert VirtualEnvironment(moved).is_current is False


def test_interrupted_set_up_is_not_finished(venv: VirtualEnvironment) -> None:
    """Without its stamp, or with half of one, an environment counts for nothing."""
    stamp = venv.folder / ".hadrill-setup"
    stamp.write_text(stamp.read_text()[:20])
    half = venv.is_current
    stamp.unlink()
    assert (half, venv.is_current) == (False, False)


def test_leftovers_of_an_interrupted_set_up_are_removed(
    venv: VirtualEnvironment,
    settings: PartSettings,
    heard: Heard,
    tmp_path: Path,
    program: Callable[..., Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """An environment without stamp is made anew from an empty folder; its lock stays."""
    (venv.folder / ".hadrill-setup").unlink()
    (venv.folder / "lib").mkdir()
    without_venv = program(tmp_path / "bin/python3", "echo 'python3: No module named venv'; exit 1")
    monkeypatch.setattr(sys, "executable", str(without_venv))
    with (
        pytest.raises(PartMissing, match=r"Python packages are missing(?s:.*)No module named venv"),
        venv.being_set_up(settings, heard) as workshop,
    ):
        venv.create(workshop, settings)
    assert [entry.name for entry in venv.folder.iterdir()] == [".hadrill-lock"]


def test_environment_out_of_date_is_kept_and_filled_again(
    venv: VirtualEnvironment, settings: PartSettings, heard: Heard
) -> None:
    """A changed lock needs no new environment; until it is filled it has no stamp."""
    (venv.clone / "requirements.txt").write_text("changed")
    with venv.being_set_up(settings, heard) as workshop:
        venv.create(workshop, settings)
    assert sorted(entry.name for entry in venv.folder.iterdir()) == [".hadrill-lock", "bin"]


def test_environment_of_somebody_else_is_left_alone(
    venv: VirtualEnvironment, settings: PartSettings, heard: Heard
) -> None:
    """A folder that set-up did not make is refused, not emptied."""
    (venv.folder / ".hadrill-lock").unlink()
    with pytest.raises(WrongCall, match="was not made by `make setup`"), venv.being_set_up(settings, heard):
        pass
    assert (venv.folder / "bin/python").exists()


def test_second_set_up_does_nothing_and_says_nothing(
    venv: VirtualEnvironment, settings: PartSettings, heard: Heard, tmp_path: Path, program: Callable[..., Path]
) -> None:
    """Where all is there, set-up returns without a word and without a file."""
    program(tmp_path / "bin/toxiproxy-server", "echo toxiproxy-server version 2.12.0")
    program(tmp_path / "bin/haproxy", "echo HAProxy version 3.2.26")
    program(tmp_path / "sbin/mysqld", "echo mysqld Ver 9.7.4 for Linux")
    for plugin in ("semisync_source.so", "semisync_replica.so", "mysql_clone.so"):
        program(tmp_path / "lib/plugin" / plugin)
    program(tmp_path / "share/english/errmsg.sys")
    (tmp_path / "share/charsets").mkdir()
    (tmp_path / "bin/mysqld").symlink_to(tmp_path / "sbin/mysqld")
    set_up(venv.clone, settings, heard)
    assert (heard.messages, settings.cache.exists()) == ([], False)
