"""A customer's data, carried from one server to another."""

import pytest

from hadrill.harness.errors import HarnessTrouble
from hadrill.harness.workload.compare import Side, compare_servers
from hadrill.harness.workload.ledger_table import create_ledger
from hadrill.harness.workload.migrate import copy_data
from hadrill.harness.workload.tests.bare_server import OWNER, READER, BareServer
from hadrill.harness.workload.tests.talk import setting

pytestmark = pytest.mark.e2e

COLUMNS = (
    "id INT PRIMARY KEY AUTO_INCREMENT",
    "name VARCHAR(20) CHARACTER SET latin1",
    "longer VARCHAR(30) AS (CONCAT(name, '+'))",
    "data VARBINARY(8)",
    "flags BIT(9)",
    "document JSON",
    "price DECIMAL(30, 10)",
    "at TIMESTAMP(6) NULL",
    "`50 %s` DOUBLE",
)
INSERT = (
    "INSERT INTO d.things (id, name, data, flags, document, price, at, `50 %s`) VALUES "
    "(0, 'Zo\u00eb''s', x'00ff27', b'100000001', '{\"a\": [1, \"\u00e9\"]}', 12345678901234567890.0123456789, "
    "'2026-11-01 02:30:00.123456', 0.1), (7, NULL, NULL, NULL, NULL, NULL, NULL, NULL)"
)


@pytest.fixture
def empty(other_server: BareServer) -> BareServer:
    """A server without a customer's database."""
    other_server.run("DROP DATABASE IF EXISTS d")
    return other_server


def test_the_copy_is_equal(server: BareServer, empty: BareServer) -> None:
    """Whatever the columns hold, each row is the same on both sides afterwards, and so are the tables."""
    server.run(
        f"CREATE TABLE d.things ({', '.join(COLUMNS)})",
        "SET sql_mode = 'NO_AUTO_VALUE_ON_ZERO', time_zone = '+05:00'",
        INSERT,
        "CREATE TABLE d.parts (id INT PRIMARY KEY, thing INT, FOREIGN KEY (thing) REFERENCES d.things (id))",
        "INSERT INTO d.parts VALUES (1, 7)",
        "CREATE VIEW d.some AS SELECT id FROM d.things",
    )
    create_ledger(server.endpoint, OWNER, timeout_s=5, table="d.ledger")
    server.run("INSERT INTO d.ledger VALUES (1, 0, REPEAT('x', 1048576)), (2, 0, 'y')")
    with setting(server, "time_zone", "'+05:00'"):
        counts = copy_data(server.endpoint, OWNER, empty.endpoint, OWNER, timeout_s=10)
    assert counts == {"d.accounts": 100, "d.ledger": 2, "d.parts": 1, "d.t": 0, "d.things": 2}
    sides = (Side("old", server.endpoint, READER), Side("new", empty.endpoint, READER))
    comparison = compare_servers(*sides, timeout_s=10)
    assert (comparison.tables, comparison.rows, comparison.differences) == (5, 105, ())
    for table in ("things", "parts"):
        assert server.run(f"SHOW CREATE TABLE d.{table}") == empty.run(f"SHOW CREATE TABLE d.{table}")


def test_what_is_there_is_not_written_over(server: BareServer, empty: BareServer) -> None:
    """A table that the target has already is the caller's mistake, and stays as it is."""
    empty.run("CREATE DATABASE d", "CREATE TABLE d.t (id INT)", "INSERT INTO d.t VALUES (5)")
    with pytest.raises(HarnessTrouble, match=r"could not copy the tables of .*1050.*already exists"):
        copy_data(server.endpoint, OWNER, empty.endpoint, OWNER, timeout_s=10)
    assert empty.run("SELECT * FROM d.t") == [(5,)]
