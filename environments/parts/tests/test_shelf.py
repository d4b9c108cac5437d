"""Parts are made whole, once, by one process at a time; what was interrupted is never used."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import NoReturn

import pytest

from hadrill.environments.parts.ledger import read_costs
from hadrill.environments.parts.manifest import Package
from hadrill.environments.parts.places import FetchFailed, NotHere
from hadrill.environments.parts.shelf import Made, Shelf
from hadrill.environments.parts.tests.heard import Heard
from hadrill.environments.parts.workshop import Workshop

ENVIRON = {"PATH": os.defpath}


def _make(workshop: Workshop) -> Made:
    (workshop.folder / "served").write_text("served")
    return Made({"served": "served"}, (Package("served", "1", "sha256:00"),), 11_000_000)


def _fail(workshop: Workshop) -> NoReturn:
    (workshop.folder / "half").write_text("half")
    raise FetchFailed("the registry is gone")


def test_part_is_made_once_and_found_from_then_on(tmp_path: Path, heard: Heard) -> None:
    """The second call finds what the first one made, and its cost is on record."""
    shelf = Shelf(tmp_path)
    made = shelf.obtain("served-1", "served", _make, ENVIRON, heard)
    again = shelf.obtain("served-1", "served", _fail, ENVIRON, heard)
    assert made == again == shelf.find("served-*", "served")
    assert read_costs(tmp_path)["served"]["bytes"] == 11_000_000
    assert heard.messages == ["served: ready; 11 MB fetched, 0 s"]


def test_failure_leaves_nothing_behind(tmp_path: Path, heard: Heard) -> None:
    """What a failed fetch wrote is gone, and the next call makes the part."""
    shelf = Shelf(tmp_path)
    with pytest.raises(FetchFailed, match="the registry is gone"):
        shelf.obtain("served-1", "served", _fail, ENVIRON, heard)
    left = [entry.name for entry in shelf.folder.iterdir()]
    assert left == ["served-1.lock"]
    assert shelf.obtain("served-1", "served", _make, ENVIRON, heard).program("served").read_text() == "served"


def test_leftover_of_a_dead_set_up_is_not_found_and_is_cleared(tmp_path: Path, heard: Heard) -> None:
    """A folder whose maker died is not a part, whatever it holds, and goes with the next set-up."""
    shelf = Shelf(tmp_path)
    shelf.obtain("served-1", "served", _make, ENVIRON, heard)
    leftover = shelf.folder / "served-1.partial-4194305"
    (shelf.folder / "served-1").rename(leftover)
    with pytest.raises(NotHere):
        shelf.find("served-*", "served")
    shelf.obtain("served-1", "served", _make, ENVIRON, heard)
    assert not leftover.exists()


def test_damaged_part_is_made_again(tmp_path: Path, heard: Heard) -> None:
    """A finished folder whose program was cut short is replaced."""
    shelf = Shelf(tmp_path)
    damaged = shelf.obtain("served-1", "served", _make, ENVIRON, heard).program("served")
    damaged.write_text("ser")
    shelf.obtain("served-1", "served", _make, ENVIRON, heard)
    names = sorted(entry.name for entry in shelf.folder.iterdir())
    assert ("served", ["served-1", "served-1.lock"]) == (damaged.read_text(), names)


def test_second_set_up_waits_and_uses_what_the_first_made(tmp_path: Path) -> None:
    """Of two set-ups at once one makes the part; the other says that it waits, and makes nothing."""
    begun, may_finish = Event(), Event()

    class Waiting(Heard):
        def say(self, message: str) -> None:
            super().say(message)
            may_finish.set()

    def make_slowly(workshop: Workshop) -> Made:
        begun.set()
        assert may_finish.wait(10)
        return _make(workshop)

    shelf, second = Shelf(tmp_path), Waiting()
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(shelf.obtain, "served-1", "served", make_slowly, ENVIRON, Heard())
        assert begun.wait(10)
        found = shelf.obtain("served-1", "served", _fail, ENVIRON, second)
    assert first.result() == found
    assert second.messages == [f"served: waiting for process {os.getpid()}, which is setting it up"]


def test_cache_that_cannot_be_written_is_named(tmp_path: Path, heard: Heard) -> None:
    """No room and no right are told with the place and the way out."""
    (tmp_path / "file").touch()
    with pytest.raises(FetchFailed, match=r"file.*Not a directory; HADRILL_CACHE names another"):
        Shelf(tmp_path / "file").obtain("served-1", "served", _make, ENVIRON, heard)


def test_cache_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    """It is told like one that cannot be written, and what it may hold is not taken for absent."""
    (tmp_path / "file").touch()
    with pytest.raises(NotHere, match=r"cannot be read: .*file.*Not a directory; HADRILL_CACHE names another"):
        Shelf(tmp_path / "file").find("served-*", "served")


def test_tools_share_the_lock(tmp_path: Path, heard: Heard, program: Callable[..., Path]) -> None:
    """The lock's descriptor is open in a tool, so that an orphaned tool keeps the next set-up waiting."""
    tool = program(tmp_path / "bin/tool", 'readlink "/proc/self/fd/$1"')

    def make(workshop: Workshop) -> Made:
        (workshop.folder / "seen").write_text(workshop.run([str(tool), str(workshop.lock)], timeout_s=10))
        return Made({"seen": "seen"}, (), 0)

    seen = Shelf(tmp_path).obtain("served-1", "served", make, ENVIRON, heard).program("seen").read_text()
    assert f"{tmp_path}/parts/served-1.lock\n" == seen
