"""One moment of a server that goes on to take writes, tied to the GTID set of that moment."""

from hadrill.harness.engines.mysql import recovery
from hadrill.harness.engines.mysql import statements as sql
from hadrill.harness.engines.mysql.session import Session


def open_snapshot(server: Session) -> str:
    """What this connection reads from now on is of this moment; the GTID set that belongs to it.

    Writes wait for as long as it takes to begin a transaction, and so long at most as a query that runs already, 2 s.

    Raises:
        SqlError: it takes longer.
    """
    server.run(*recovery.FREEZE, *recovery.SNAPSHOT)
    executed = str(server.row(sql.EXECUTED)["executed"])
    server.run(*recovery.THAW)
    return executed
