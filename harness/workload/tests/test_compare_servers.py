"""Two real servers compared."""

from collections.abc import Iterator

import pytest

from hadrill.harness.errors import HarnessTrouble
from hadrill.harness.model.difference import Difference
from hadrill.harness.model.history import Comparison
from hadrill.harness.model.instance import Endpoint
from hadrill.harness.workload.compare import Side, compare_servers
from hadrill.harness.workload.tests.bare_server import OWNER, BareServer

pytestmark = pytest.mark.e2e

TABLES = (
    "DROP DATABASE IF EXISTS d",
    "CREATE DATABASE d",
    "CREATE TABLE d.keyed (id INT, zone VARCHAR(9), body TEXT, data BLOB, at TIMESTAMP NULL, PRIMARY KEY (zone, id))",
    "ALTER TABLE d.keyed ADD COLUMN hidden INT INVISIBLE",
    "CREATE TABLE d.loose (number DOUBLE, doc JSON)",
    "CREATE TABLE d.`odd``name` (`a``b` BIGINT UNSIGNED PRIMARY KEY, flag BIT(3))",
    "CREATE VIEW d.view AS SELECT id FROM d.keyed",
    "INSERT INTO d.keyed (id, zone, body, data, at, hidden) VALUES (1, 'b', '', X'00FF', '2026-11-21 08:00:00', 1)",
    "INSERT INTO d.keyed (id, zone, body, data, at, hidden) VALUES (2, 'a', NULL, NULL, NULL, NULL)",
    "INSERT INTO d.keyed (id, zone, body, data, at, hidden) VALUES (1, 'A ', 'ä', '', NULL, 2)",
    "INSERT INTO d.loose VALUES (0.1, '{\"a\": [1, null]}'), (0.1, '{\"a\": [1, null]}'), (NULL, NULL)",
    "INSERT INTO d.`odd``name` VALUES (18446744073709551615, b'101')",
)


def side(server: BareServer, name: str) -> Side:
    """A server as one side of a comparison."""
    return Side(name, server.endpoint, OWNER)


@pytest.fixture
def both(shared_server: BareServer, other_server: BareServer) -> Iterator[tuple[BareServer, BareServer]]:
    """Two servers that hold the same, one of them in another time zone."""
    for server in (shared_server, other_server):
        server.run("SET time_zone = '+00:00'", *TABLES)
    other_server.run("SET GLOBAL time_zone = '+05:00'")
    yield shared_server, other_server
    other_server.run("SET GLOBAL time_zone = 'SYSTEM'")


def compared(both: tuple[BareServer, BareServer]) -> Comparison:
    """The comparison of both."""
    return compare_servers(side(both[0], "a1"), side(both[1], "b1"), timeout_s=5)


def test_equal_servers(both: tuple[BareServer, BareServer]) -> None:
    """Tables of all sorts are equal where their rows are, whatever the server's time zone; views are not compared."""
    assert compared(both) == Comparison("a1", "b1", tables=3, rows=7)


@pytest.mark.parametrize(
    ("statement", "table", "row"),
    [
        ("UPDATE d.keyed SET body = NULL WHERE body = ''", "d.keyed", "zone b, id 1"),
        ("UPDATE d.keyed SET data = '' WHERE data IS NULL", "d.keyed", "zone a, id 2"),
        ("UPDATE d.keyed SET hidden = 3 WHERE hidden = 2", "d.keyed", "zone A , id 1"),
        ("UPDATE d.keyed SET at = at + INTERVAL 1 SECOND", "d.keyed", "zone b, id 1"),
        ("UPDATE d.`odd``name` SET flag = b'100'", "d.odd`name", "a`b 18446744073709551615"),
        ("INSERT INTO d.keyed (id, zone) VALUES (9, 'z')", "d.keyed", "zone z, id 9"),
        ("DELETE FROM d.keyed WHERE id = 2", "d.keyed", "zone a, id 2"),
        ("ALTER TABLE d.loose ADD COLUMN more INT", "d.loose", "its definition"),
        ("CREATE TABLE d.more (id INT PRIMARY KEY)", "d.more", "the whole table"),
    ],
)
def test_one_difference_is_found(both: tuple[BareServer, BareServer], statement: str, table: str, row: str) -> None:
    """Whatever one server has otherwise than the other is found, in its table and its row."""
    both[1].run(statement)
    assert [(table, row)] == [(difference.table, difference.row) for difference in compared(both).differences]


def test_row_of_a_table_without_key(both: tuple[BareServer, BareServer]) -> None:
    """Where rows have no key, how many of them there are is compared."""
    both[1].run("DELETE FROM d.loose WHERE number IS NOT NULL LIMIT 1")
    (difference,) = compared(both).differences
    assert Difference("d.loose", difference.row, "2 times", "1 times") == difference


def test_server_that_is_gone(both: tuple[BareServer, BareServer]) -> None:
    """A side that cannot be read is the harness's trouble, never an equality."""
    gone = Side("b1", Endpoint("127.0.0.1", 1), OWNER)
    with pytest.raises(HarnessTrouble, match=r"could not read the tables of b1 at 127\.0\.0\.1:1 as owner"):
        compare_servers(side(both[0], "a1"), gone, timeout_s=1)
