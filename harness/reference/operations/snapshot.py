"""One moment of a server that goes on to take writes, tied to the GTID set of that moment."""

from typing import Final

from hadrill.harness.engines.mysql import recovery
from hadrill.harness.engines.mysql import statements as sql
from hadrill.harness.engines.mysql.session import Session, SqlError
from hadrill.harness.engines.mysql.sql_errors import error_of
from hadrill.harness.reference.work import HeldUp

LOCK_WAIT_TIMEOUT: Final = 1205


def open_snapshot(server: Session) -> str:
    """What this connection reads from now on is of this moment; the GTID set that belongs to it.

    Writes wait for as long as it takes to begin a transaction, and so long at most as a query that runs already, 2 s.

    Raises:
        HeldUp: it takes longer.
        SqlError: of the server.
    """
    try:
        server.run(*recovery.FREEZE)
    except SqlError as error:
        if error_of(error)[0] != LOCK_WAIT_TIMEOUT:
            raise
        sentence = (
            "the master's tables could not be kept still for a moment: for 2 s somebody held a lock or ran a statement "
            "on them. End that, and ask again"
        )
        raise HeldUp(sentence) from error
    server.run(*recovery.SNAPSHOT)
    executed = str(server.row(sql.EXECUTED)["executed"])
    server.run(*recovery.THAW)
    return executed
