"""Stopping at once: a replica whatever it has received, a server whoever is connected to it.

A receiver that ends amid a transaction leaves the head of it in the relay log. The applier, told to stop there, waits a
minute for the rest, which nobody will send: 61 s were measured on 9.7. Ended beforehand it takes the head back, which
costs nothing: a transaction and its GTID are committed together or not at all. Beforehand it has to be: told to stop
before it has seen that it was ended, it waits the same minute (``sql_slave_killed`` in its source asks for both).

A server that is told to end while a client is connected sleeps for two seconds before it cuts that one off, whether or
not it does anything (``close_connections`` in its source): 3.2 s in place of 1.3 s on 9.7.

A server that is told to wait for acknowledgements no longer frees whoever waits, and then lets nobody in until the
thread that hears them has ended. That one looks up when it hears something, when the connection of a replica that it
listens to ends, and once a second: 1.0 s in place of 2 ms on 9.7.
"""

from collections.abc import Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import wait as await_futures
from contextlib import suppress
from typing import Any, Final

from hadrill.harness.engines.mysql import statements as sql
from hadrill.harness.engines.mysql.session import Session, SqlError
from hadrill.harness.errors import WaitTimeout
from hadrill.harness.wait import NotYet, until

PROCESSES: Final = "SHOW PROCESSLIST"
REPLICATION: Final = "system user"
"""Whom the server's own replication threads run as."""

SCHEDULER: Final = "event_scheduler"

RECEIVER: Final = "connecting host"
"""Where the one that receives is said to come from."""

SENDS: Final = "Binlog Dump"
"""What a connection to a replica is said to do, or how that begins."""

HEARD_S: Final = 0.05
"""The end of a replica's connection is heard within a few milliseconds."""

ENDED_S: Final = 2.0
"""An applier that was ended, and its workers with it, has gone within some milliseconds."""

ENDED_AMID_A_TRANSACTION: Final = 1756
"""Shown as the applier's error until it is started again; nothing could not be applied."""


def stop_replicating(server: Session) -> None:
    """It neither receives nor applies any more; raises what ``stop_applying`` does."""
    server.run(*sql.STOP_RECEIVING)
    stop_applying(server)


def stop_applying(server: Session) -> None:
    """It does not apply any more, and goes on to receive if it does.

    Raises:
        SqlError: the server does not answer, or cannot be told.
        WaitTimeout: it was amid a transaction whose rest nobody sends, and did not end; it was not told to stop then.
    """
    status = server.row(sql.REPLICA_STATUS)
    receives = status.get("Replica_IO_Running") == "Yes"  # one that only tries to brings no rest either
    if status.get("Replica_SQL_Running") == "Yes" and not receives and _has_more(status):
        _end_applying(server)
    server.run(*sql.STOP_APPLYING)


def forget_source(server: Session) -> None:
    """It replicates no more, and what it received and did not apply is gone; raises what ``stop_applying`` does."""
    stop_replicating(server)
    server.run("RESET REPLICA ALL")


def stop_waiting(server: Session, beside: Session) -> None:
    """Its commits wait for no acknowledgement any more; connections to replicas are ended, which connect again.

    Args:
        server: told so.
        beside: another connection to the same server.

    Raises:
        SqlError: the server does not answer, or cannot be told.
    """
    sends = [row["Id"] for row in beside.rows(PROCESSES) if sends_to_a_replica(row)]
    with ThreadPoolExecutor(1) as pool:
        telling = pool.submit(server.run, *sql.SOURCE_DOES_NOT_WAIT)
        with suppress(SqlError, WaitTimeout):  # it takes longer then
            _wake(beside, telling, sends)
        telling.result()


def _wake(beside: Session, telling: Future[None], sends: Iterable[int]) -> None:
    """End one connection after the other, until it has been told; what ended before would not be heard."""

    def under_way() -> bool | NotYet:
        at_work = any(row["Info"] in sql.SOURCE_DOES_NOT_WAIT for row in beside.rows(PROCESSES))
        return at_work or telling.done() or NotYet("it is being told")

    until(under_way, "the server to be told that its commits wait no longer", timeout_s=HEARD_S, interval_s=0.001)
    for each in sends:
        if telling.done():
            return
        with suppress(SqlError):  # it has gone by itself
            beside.run(f"KILL {each}")
        await_futures((telling,), HEARD_S)


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


def sends_to_a_replica(process: Mapping[str, Any]) -> bool:
    """Whether a row of the process list is a connection to a replica."""
    return str(process["Command"]).startswith(SENDS)


def _end_applying(server: Session) -> None:
    threads = [row["Id"] for row in server.rows(PROCESSES) if applies(row)]
    with suppress(SqlError):  # it has ended by itself
        server.run(*(f"KILL {first}" for first in sorted(threads)[:1]))  # the others are its workers

    def ended() -> bool | NotYet:
        running = server.row(sql.REPLICA_STATUS).get("Replica_SQL_Running")
        return running != "Yes" or NotYet("it applies")

    until(ended, "the applier to take back the head of a transaction", timeout_s=ENDED_S, interval_s=0.002)


def _has_more(status: Mapping[str, Any]) -> bool:
    """Something was received that has not been applied."""
    received = status.get("Source_Log_File"), status.get("Read_Source_Log_Pos")
    return received != (status.get("Relay_Source_Log_File"), status.get("Exec_Source_Log_Pos"))
