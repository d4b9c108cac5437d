"""Statements that somebody runs as a customer would, once, outside of the load."""

from pymysql import MySQLError

from hadrill.harness.errors import HarnessTrouble
from hadrill.harness.model.instance import Account, Endpoint
from hadrill.harness.workload.connection import connect


def run_as_customer(what: str, endpoint: Endpoint, account: Account, *statements: str, timeout_s: float) -> None:
    """Run them one after another.

    Args:
        what: they do, for the message: "create the ledger".
        endpoint: an address.
        account: one that may do so.
        timeout_s: seconds for the login and for each answer.

    Raises:
        HarnessTrouble: one was refused or not answered; says what the server said.
    """
    try:
        with connect(endpoint, account, timeout_s=timeout_s) as connection:
            for statement in statements:
                connection.query(statement)
    except MySQLError as error:
        raise HarnessTrouble(f"could not {what} at {endpoint} as {account.user}: {error}") from error
