"""The rows that a client writes."""

from itertools import islice

import pytest

from hadrill.harness.workload.rows import Rows


def test_keys_count_up() -> None:
    """No key comes twice, and each stands in its own statement."""
    rows = list(islice(Rows("hadrill_ledger.ledger", 2, 41, 16), 2))
    assert rows == [
        (41, "INSERT INTO hadrill_ledger.ledger VALUES (41,2,'0000000000000029')"),
        (42, "INSERT INTO hadrill_ledger.ledger VALUES (42,2,'000000000000002a')"),
    ]


@pytest.mark.parametrize("size", [16, 17, 4096])
def test_body_has_its_size(size: int) -> None:
    """A row's body is as large as was asked for."""
    _, statement = next(Rows("a.b", 0, 1, size))
    assert size == len(statement.split("'")[1])
