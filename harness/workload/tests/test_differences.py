"""The comparison of two servers' rows."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hadrill.harness.model.difference import Difference
from hadrill.harness.workload.differences import MOST_DIFFERENCES, Row, TableRows, compare, digest

VALUE = st.one_of(st.none(), st.binary(max_size=4))


def table(*rows: Row, key: tuple[str, ...] = ("id",), columns: tuple[str, ...] = ("id", "body")) -> TableRows:
    """A table of these rows, whose key is in its first columns."""
    digests = np.array([digest(row) for row in rows], dtype=np.uint64)
    return TableRows(columns, key, [row[: len(key)] for row in rows] if key else [], digests)


def found(left: TableRows, right: TableRows) -> list[tuple[str, bool, bool]]:
    """Each differing row, and on which sides there is something of it."""
    differences = compare("a1", {"s.t": left}, "b1", {"s.t": right}).differences
    return [(difference.row, difference.left != "missing", difference.right != "missing") for difference in differences]


def test_equal_servers_have_no_difference() -> None:
    """The same tables and rows are equal; counted are all tables and the larger side's rows."""
    tables = {"s.t": table((b"1", b"x"), (b"2", None)), "s.empty": table()}
    comparison = compare("a1", tables, "b1", tables)
    assert (comparison.tables, comparison.rows, comparison.differences) == (2, 2, ())


def test_each_difference_is_found_in_its_row() -> None:
    """A changed row, one that is missing and one too many are told apart, by primary key."""
    left = table((b"1", b"x"), (b"2", b"x"), (b"3", b"x"))
    right = table((b"1", b"x"), (b"2", b"y"), (b"4", b"x"))
    assert found(left, right) == [("id 2", True, True), ("id 3", True, False), ("id 4", False, True)]


def test_composite_key_is_named_column_by_column() -> None:
    """The row is named so that a person finds it."""
    key, columns = ("zone", "id"), ("zone", "id", "body")
    left = table((b"n\xc3\xb6rd", b"1", b"x"), key=key, columns=columns)
    assert found(left, table(key=key, columns=columns)) == [("zone nörd, id 1", True, False)]


def test_null_is_not_the_empty_string() -> None:
    """NULL, the empty string and the word are three values."""
    assert len({digest((b"1", value)) for value in (None, b"", b"NULL", b"None")}) == 4


@given(st.lists(VALUE, max_size=4).map(tuple), st.lists(VALUE, max_size=4).map(tuple))
def test_digest_tells_rows_apart(left: Row, right: Row) -> None:
    """Where one value ends and the next begins is part of the digest."""
    assert (left == right) == (digest(left) == digest(right))


def test_order_of_rows_does_not_matter() -> None:
    """Two servers may return the same rows in different orders."""
    rows = [(b"1", b"x"), (b"2", b"y")]
    for key in (("id",), ()):
        assert found(table(*rows, key=key), table(*reversed(rows), key=key)) == []


def test_table_without_key_is_a_multiset() -> None:
    """Without a primary key, how often a row is there counts."""
    row, other = (b"1", b"x"), (b"2", b"y")
    differences = compare(
        "a1", {"s.t": table(row, row, other, key=())}, "b1", {"s.t": table(row, other, key=())}
    ).differences
    assert differences == (Difference("s.t", f"a row {digest(row):016x}", "2 times", "1 times"),)


def test_missing_table_is_one_difference() -> None:
    """A table that one server lacks is told as a whole, not row by row."""
    differences = compare("a1", {"s.t": table((b"1", b"x"))}, "b1", {}).differences
    assert differences == (Difference("s.t", "the whole table", "1 rows", "missing"),)


@pytest.mark.parametrize("changed", [{"columns": ("id", "text")}, {"key": ()}])
def test_definitions_are_compared(changed: dict[str, Any]) -> None:
    """Columns and primary key are part of what two servers agree on, without any row too."""
    (difference,) = compare("a1", {"s.t": table()}, "b1", {"s.t": table(**changed)}).differences
    assert difference.row == "its definition"


def test_at_most_a_hundred_differences() -> None:
    """A server that lost everything does not fill the journal; the rows are counted all the same."""
    left = table(*((str(number).encode(), b"x") for number in range(500)))
    comparison = compare("a1", {"s.t": left}, "b1", {"s.t": table()})
    assert (len(comparison.differences), comparison.rows) == (MOST_DIFFERENCES, 500)


@given(st.lists(st.binary(max_size=3), min_size=1, max_size=30), st.data())
def test_one_planted_difference_is_found(bodies: list[bytes], data: st.DataObject) -> None:
    """Whatever the rows are, one that was changed is the one that is found."""
    rows = [(str(number).encode(), body) for number, body in enumerate(bodies)]
    place = data.draw(st.integers(0, len(rows) - 1))
    changed = [*rows]
    changed[place] = (rows[place][0], bodies[place] + b"!")
    assert found(table(*rows), table(*changed)) == [(f"id {place}", True, True)]
