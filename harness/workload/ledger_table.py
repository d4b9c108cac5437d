"""The tables that clients write to: how they are made through the address, and what the ledger holds at the end."""

from typing import Final

import numpy as np
from numpy.typing import NDArray
from pymysql import MySQLError
from pymysql.cursors import SSCursor

from hadrill.harness.errors import HarnessTrouble
from hadrill.harness.model.instance import Account, Endpoint
from hadrill.harness.workload.accounts import accounts_beside, opening
from hadrill.harness.workload.as_customer import run_as_customer
from hadrill.harness.workload.connection import Connection, connect

SCHEMA: Final = "hadrill_ledger"
TABLE: Final = f"{SCHEMA}.ledger"
_ROWS_A_CHUNK: Final = 65_536


def creation(table: str) -> tuple[str, ...]:
    """The statements that make an empty ledger, and the accounts beside it, where there are none."""
    schema = table.split(".", maxsplit=1)[0]
    columns = "id BIGINT UNSIGNED NOT NULL PRIMARY KEY, client SMALLINT UNSIGNED NOT NULL, body MEDIUMTEXT NOT NULL"
    return (
        f"CREATE DATABASE IF NOT EXISTS {schema}",
        f"CREATE TABLE IF NOT EXISTS {table} ({columns}) CHARACTER SET ascii",
        *opening(accounts_beside(table)),
    )


def create_ledger(endpoint: Endpoint, account: Account, *, timeout_s: float, table: str = TABLE) -> None:
    """Create the ledger's database and tables, through the address; what is there stays as it is.

    Raises:
        HarnessTrouble: it could not be created; says what the server said.
    """
    run_as_customer(f"create {table}", endpoint, account, *creation(table), timeout_s=timeout_s)


def read_keys(endpoint: Endpoint, account: Account, *, timeout_s: float, table: str = TABLE) -> NDArray[np.uint64]:
    """Every key that the ledger holds, in ascending order.

    Args:
        endpoint: the address, so that what is read is what a customer would find.
        account: one that may read the ledger.
        timeout_s: seconds for the login and for each read of an answer.
        table: ``schema.table``.

    Raises:
        HarnessTrouble: not all of it could be read; what had come is thrown away.
    """
    try:
        with connect(endpoint, account, timeout_s=timeout_s) as connection:
            return _keys(connection, f"SELECT id FROM {table} ORDER BY id")  # noqa: S608 - a checked name
    except MySQLError as error:
        raise HarnessTrouble(f"could not read {table} back from {endpoint} as {account.user}: {error}") from error


def _keys(connection: Connection, query: str) -> NDArray[np.uint64]:
    chunks = [np.empty(0, dtype=np.uint64)]
    with connection.cursor(SSCursor) as cursor:
        cursor.execute(query)
        while rows := cursor.fetchmany(_ROWS_A_CHUNK):
            chunks.append(np.fromiter((row[0] for row in rows), dtype=np.uint64, count=len(rows)))
    return np.concatenate(chunks)
