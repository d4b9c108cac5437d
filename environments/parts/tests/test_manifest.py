"""When a folder of the cache counts as finished."""

from pathlib import Path

import pytest

from hadrill.environments.parts.manifest import Manifest, Package, read_manifest

MADE = Manifest(
    programs={"served": "bin/served"},
    sizes={"served": 5},
    packages=(Package("served", "1.2-3", "sha256:00"),),
    fetched_bytes=7,
    seconds=1.5,
    made_at="2026-01-02T03:04:05+00:00",
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A finished folder."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/served").write_text("12345")
    MADE.write(tmp_path)
    return tmp_path


def test_manifest_reads_back_as_written(folder: Path) -> None:
    """Nothing is lost between writing and reading."""
    assert read_manifest(folder) == MADE


def test_folder_without_manifest_is_not_finished(tmp_path: Path) -> None:
    """The manifest is written last."""
    assert read_manifest(tmp_path) is None


@pytest.mark.parametrize("text", ["", "{", "[]", '{"schema": 1}', '{"schema": 2}'])
def test_damaged_manifest_is_none(folder: Path, text: str) -> None:
    """Half a manifest, or one of another schema, vouches for nothing."""
    (folder / "manifest.json").write_text(text)
    assert read_manifest(folder) is None


def test_program_of_another_size_is_not_the_finished_one(folder: Path) -> None:
    """A program that was cut short, or removed, makes the folder unfinished."""
    (folder / "bin/served").write_text("123")
    cut_short = read_manifest(folder)
    (folder / "bin/served").unlink()
    assert (cut_short, read_manifest(folder)) == (None, None)
