"""The first row that a new server or pair acknowledges; the same statements for both."""

from typing import Any, Final

import pymysql

from hadrill.harness.workload.ledger_table import TABLE, creation
from hadrill.harness.workload.rows import Rows

LIMIT_S: Final = 60.0
POLL_S: Final = 0.005
"""Seconds between two tries to connect: short beside what is measured."""

_BODY_BYTES: Final = 64


def insert_first_row(connection: "pymysql.Connection[Any]", key: int = 1) -> None:
    """Make the ledger unless it is there, and write one row to it; returns once that is acknowledged.

    Raises:
        pymysql.MySQLError: the server did not acknowledge it.
    """
    _key, insert = next(Rows(TABLE, client=0, first_key=key, body_bytes=_BODY_BYTES))
    for statement in (*creation(TABLE), insert):
        connection.query(statement)
