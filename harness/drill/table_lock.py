"""A reader of a disaster-recovery instance that keeps its tables as they are: what arrives meanwhile has to wait."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from pymysql import MySQLError

from hadrill.harness.errors import HarnessTrouble
from hadrill.harness.model.instance import Account, Endpoint
from hadrill.harness.workload.connection import Connection, connect
from hadrill.harness.workload.ledger_table import TABLE

LIMIT_S: Final = 30.0
LATE_S: Final = 0.5
"""How long after a request it lets go: what had been received is still to be applied then."""


class TableLock:
    """Holds and lets go; holds nothing at first."""

    def __init__(self) -> None:
        self._held: Connection | None = None

    def hold(self, address: Endpoint, account: Account, table: str = TABLE) -> None:
        """Lock a table for reading; other readers go on.

        Raises:
            HarnessTrouble: it was not let.
        """
        try:
            self._held = connect(address, account, timeout_s=LIMIT_S)
            self._held.query(f"LOCK TABLES {table} READ")
        except MySQLError as error:
            raise HarnessTrouble(f"could not lock {table} at {address} as {account.user}: {error}") from error

    @contextmanager
    def letting_go(self) -> Iterator[None]:
        """Let go a moment after what is done within has begun."""
        timer = threading.Timer(LATE_S, self.let_go)
        timer.start()
        try:
            yield
        finally:
            timer.join()

    def let_go(self) -> None:
        """Nothing is held any more; harmless where nothing was."""
        held, self._held = self._held, None
        if held is not None:
            held.drop()
