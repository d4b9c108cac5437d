"""Stopping at once: a replica whatever it has received, a server whoever is connected to it.

A receiver that ends amid a transaction leaves the head of it in the relay log. The applier, told to stop there, waits a
minute for the rest, which nobody will send: 61 s were measured on 9.7. Ended beforehand it takes the head back, which
costs nothing: a transaction and its GTID are committed together or not at all.

A server that is told to end while a client is connected sleeps for two seconds before it cuts that one off, whether or
not it does anything (``close_connections`` in its source): 3.2 s in place of 1.3 s on 9.7.
"""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Final

from hadrill.harness.engines.mysql import statements as sql
from hadrill.harness.engines.mysql.session import Session, SqlError

PROCESSES: Final = "SHOW PROCESSLIST"
REPLICATION: Final = "system user"
"""Whom the server's own replication threads run as."""

SCHEDULER: Final = "event_scheduler"

RECEIVER: Final = "connecting host"
"""Where the one that receives is said to come from."""

ENDED_AMID_A_TRANSACTION: Final = 1756
"""Shown as the applier's error until it is started again; nothing could not be applied."""


def stop_replicating(server: Session) -> None:
    """It neither receives nor applies any more; raises SqlError."""
    server.run(*sql.STOP_RECEIVING)
    stop_applying(server)


def stop_applying(server: Session) -> None:
    """It does not apply any more, and goes on to receive if it does; raises SqlError."""
    status = server.row(sql.REPLICA_STATUS)
    receives = status.get("Replica_IO_Running") == "Yes"  # one that only tries to brings no rest either
    if status.get("Replica_SQL_Running") == "Yes" and not receives and _has_more(status):
        threads = [row["Id"] for row in server.rows(PROCESSES) if applies(row)]
        with suppress(SqlError):  # it has ended by itself
            server.run(*(f"KILL {first}" for first in sorted(threads)[:1]))  # the others are its workers
    server.run(*sql.STOP_APPLYING)


def forget_source(server: Session) -> None:
    """It replicates no more, and what it received and did not apply is gone; raises SqlError."""
    stop_replicating(server)
    server.run("RESET REPLICA ALL")


def end_sessions(server: Session) -> None:
    """Every client but the one that asks is cut off, replicas included; raises SqlError."""
    own = server.row("SELECT CONNECTION_ID() AS id")["id"]
    for row in server.rows(PROCESSES):
        if row["Id"] != own and row["User"] not in {REPLICATION, SCHEDULER}:
            with suppress(SqlError):  # it has gone by itself
                server.run(f"KILL {row['Id']}")


def failed_with(status: Mapping[str, Any]) -> int:
    """The error by which a server could not apply what it received; 0 for none.

    Args:
        status: of the replica, as the server shows it.
    """
    error = int(status.get("Last_SQL_Errno") or 0)
    return 0 if error == ENDED_AMID_A_TRANSACTION else error


def applies(process: Mapping[str, Any]) -> bool:
    """Whether a row of the process list is one of those that apply what was received."""
    return bool(process["User"] == REPLICATION and process["Host"] != RECEIVER)


def _has_more(status: Mapping[str, Any]) -> bool:
    """Something was received that has not been applied."""
    received = status.get("Source_Log_File"), status.get("Read_Source_Log_Pos")
    return received != (status.get("Relay_Source_Log_File"), status.get("Exec_Source_Log_Pos"))
