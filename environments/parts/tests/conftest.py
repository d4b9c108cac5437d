"""What tests of the parts share: a progress that remembers, small programs, a workshop."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hadrill.environments.parts.settings import PartSettings
from hadrill.environments.parts.tests.heard import Heard
from hadrill.environments.parts.workshop import Workshop


@pytest.fixture
def heard() -> Heard:
    """What the progress was told."""
    return Heard()


@pytest.fixture
def program() -> Callable[..., Path]:
    """Makes a shell script that stands for a program."""

    def make(path: Path, script: str = "") -> Path:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)
        return path

    return make


@pytest.fixture
def workshop(tmp_path: Path, heard: Heard) -> Iterator[Workshop]:
    """A workshop with nothing but the base system on its PATH, and a lock of its own."""
    folder = tmp_path / "workshop"
    folder.mkdir()
    lock = os.open(tmp_path / "lock", os.O_RDWR | os.O_CREAT)
    yield Workshop("part", folder, {"PATH": f"{tmp_path / 'bin'}:/usr/bin:/bin"}, heard, lock)
    os.close(lock)


@pytest.fixture
def settings(tmp_path: Path) -> PartSettings:
    """Settings with an empty cache, an empty PATH and no pip."""
    (tmp_path / "bin").mkdir()
    return PartSettings(cache=tmp_path / "cache", environ={"PATH": str(tmp_path / "bin")}, pip=("no-pip",))
