"""The accounts that transfers move money between: made beside the ledger, with a total that must always hold."""

from typing import Final

from pymysql import MySQLError
from pymysql.constants.ER import BAD_DB_ERROR, NO_SUCH_TABLE

from hadrill.harness.errors import HarnessTrouble
from hadrill.harness.model.instance import Account, Endpoint
from hadrill.harness.workload.connection import connect

ACCOUNTS: Final = 100
OPENING: Final = 1_000
TOTAL: Final = ACCOUNTS * OPENING
"""What all accounts hold together, in every moment that a server may show."""


def accounts_beside(table: str) -> str:
    """The accounts' table, in the schema of that ledger."""
    return f"{table.split('.', maxsplit=1)[0]}.accounts"


def opening(accounts: str) -> tuple[str, ...]:
    """The statements that open every account that is not there yet; others are left as they are."""
    rows = ", ".join(f"({account}, {OPENING})" for account in range(1, ACCOUNTS + 1))
    return (
        f"CREATE TABLE IF NOT EXISTS {accounts} (id INT UNSIGNED NOT NULL PRIMARY KEY, balance BIGINT NOT NULL)",
        f"INSERT IGNORE INTO {accounts} VALUES {rows}",  # noqa: S608 - a checked name
    )


def summing(accounts: str) -> str:
    """The statement that adds up all balances."""
    return f"SELECT COALESCE(SUM(balance), 0) FROM {accounts}"  # noqa: S608 - a checked name


def read_total(endpoint: Endpoint, account: Account, *, timeout_s: float, table: str) -> int | None:
    """What all accounts hold together on one server, or through the address; None where there are no accounts.

    Args:
        endpoint: the server, or the address.
        account: one that may read them.
        timeout_s: seconds for the login and for the answer.
        table: the ledger that they stand beside.

    Raises:
        HarnessTrouble: it could not be read.
    """
    try:
        with connect(endpoint, account, timeout_s=timeout_s) as connection, connection.cursor() as cursor:
            cursor.execute(summing(accounts_beside(table)))
            row = cursor.fetchone()
    except MySQLError as error:
        if error.args and error.args[0] in {NO_SUCH_TABLE, BAD_DB_ERROR}:
            return None
        raise HarnessTrouble(f"could not add up the accounts at {endpoint} as {account.user}: {error}") from error
    assert row is not None, "an aggregate has one row"
    return int(row[0])
