"""One client's columns."""

import threading

import numpy as np

from hadrill.harness.model.operation import Kind, Outcome, Way
from hadrill.harness.workload.columns import CHUNK_ROWS, Columns


def fill(columns: Columns, first: int, count: int) -> None:
    """Append that many writes, keyed from the first."""
    for key in range(first, first + count):
        columns.append(key, key + 1, key + 2, 3, 4, Kind.WRITE, Outcome.INDETERMINATE)


def test_row_has_every_field() -> None:
    """What is appended comes back field by field, with the client and the way that the columns are of."""
    columns = Columns(client=5, way=Way.RACK)
    columns.append(10, 20, 30, 2, 2013, Kind.READ, Outcome.REFUSED)
    (part,) = columns.take()
    assert part.tolist() == [(10, 20, 30, 5, 2, 2013, Kind.READ, Way.RACK, Outcome.REFUSED)]


def test_each_row_is_taken_once() -> None:
    """Taking again gives what came since; nothing is given twice and nothing is left out."""
    columns = Columns(0, Way.ADDRESS)
    taken: list[int] = []
    counts = (0, 1, CHUNK_ROWS - 1, 0, CHUNK_ROWS, 3 * CHUNK_ROWS + 7)
    for count in counts:
        fill(columns, len(taken), count)
        taken += [int(key) for part in columns.take() for key in part["key"]]
    assert taken == list(range(sum(counts)))


def test_taking_while_the_client_appends() -> None:
    """The sealing thread may take at any moment; every row it gets is complete."""
    columns, total = Columns(0, Way.ADDRESS), 20 * CHUNK_ROWS
    thread = threading.Thread(target=fill, args=(columns, 0, total))
    thread.start()
    parts = []
    while thread.is_alive():
        parts += columns.take()
    rows = np.concatenate([*parts, *columns.take()])
    assert rows["key"].tolist() == list(range(total))
    assert np.array_equal(rows["received_ns"], rows["key"].astype(np.int64) + 2)
