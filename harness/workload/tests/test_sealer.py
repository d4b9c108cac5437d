"""Sealing while the load runs."""

from pathlib import Path

from hadrill.harness.evidence.segments import unseal
from hadrill.harness.model.operation import Kind, Outcome, Way
from hadrill.harness.workload.columns import Columns
from hadrill.harness.workload.sealer import Sealer


def sealer_of(folder: Path, *columns: Columns) -> Sealer:
    """One that seals after 3 operations or 100 ns."""
    return Sealer(columns, folder, "operations/x", every_ns=100, rows=3, began_ns=0)


def fill(columns: Columns, *keys: int) -> None:
    """Append writes with these keys."""
    for key in keys:
        columns.append(key, 1, 2, 0, 0, Kind.WRITE, Outcome.ACKNOWLEDGED)


def test_segments_hold_every_operation_once(tmp_path: Path) -> None:
    """What all clients recorded is in the segments, each operation in one of them."""
    first, second = Columns(0, Way.ADDRESS), Columns(1, Way.ADDRESS)
    sealer = sealer_of(tmp_path, first, second)
    fill(first, 1, 2)
    fill(second, 10)
    assert sealer.gather()["key"].tolist() == [1, 2, 10]
    one = sealer.seal(5)
    fill(first, 3)
    sealer.gather()
    two = sealer.seal(6)
    assert one is not None
    assert two is not None
    assert (one.file, two.file) == ("operations/x-0001.npy", "operations/x-0002.npy")
    assert [[1, 2, 10], [3]] == [unseal(tmp_path, segment)["key"].tolist() for segment in (one, two)]
    assert sealer.operations == 4


def test_nothing_is_no_segment(tmp_path: Path) -> None:
    """Without operations there is nothing to seal, and no file."""
    sealer = sealer_of(tmp_path, Columns(0, Way.ADDRESS))
    sealer.gather()
    assert sealer.seal(1000) is None
    assert not sealer.due(5000)
    assert not list(tmp_path.iterdir())


def test_due_by_number_or_by_time(tmp_path: Path) -> None:
    """A segment is due after so many operations or so long, counted from the last one."""
    columns = Columns(0, Way.ADDRESS)
    sealer = sealer_of(tmp_path, columns)
    fill(columns, 1, 2)
    sealer.gather()
    assert (sealer.due(99), sealer.due(100)) == (False, True)
    sealer.seal(100)
    fill(columns, 3, 4)
    sealer.gather()
    assert not sealer.due(199)
    fill(columns, 5)
    sealer.gather()
    assert sealer.due(101)
