"""The load process's watch on its disk."""

import threading
from pathlib import Path

import pytest

from hadrill.harness.model.history import Stall
from hadrill.harness.workload import disk_watch
from hadrill.harness.workload.disk_watch import SLOW_NS, slow_sync, watch_disk


@pytest.mark.parametrize("took_ns", [0, SLOW_NS])
def test_a_sync_in_time_is_no_stall(took_ns: int) -> None:
    """A disk that took a block within 150 ms did not stand still."""
    assert slow_sync("disk", 1000, 1000 + took_ns) is None


def test_a_slow_sync_is_a_stall_from_its_beginning() -> None:
    """The disk stood still from when the block was given to it until it was synced."""
    assert slow_sync("disk", 1000, 1001 + SLOW_NS) == Stall("disk", 1000, SLOW_NS + 1)


def test_the_watch_tells_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each slow write is told until the watch is ended; no file stands in the folder at any time."""
    ended, told = threading.Event(), list[Stall]()
    names: list[str] = []

    def tell(stall: Stall) -> None:
        told.append(stall)
        names.extend(path.name for path in tmp_path.iterdir())
        if len(told) == 2:
            ended.set()

    monkeypatch.setattr(disk_watch, "SLOW_NS", -1)
    monkeypatch.setattr(disk_watch, "EVERY_S", 0.001)
    watch_disk("disk of the load", tmp_path, tell, ended)
    assert ["disk of the load"] * 2 == [stall.process for stall in told]
    assert told[0].began_ns + told[0].length_ns <= told[1].began_ns
    assert names == []
