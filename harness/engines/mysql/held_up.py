"""Whether a replica's applier waits for a lock that somebody keeps, on tables or on rows."""

from typing import Final

from hadrill.harness.engines.mysql.session import Session
from hadrill.harness.engines.mysql.stopping import PROCESSES, applies

WAITING: Final = "Waiting for "
LOCK: Final = " lock"

_ROW_LOCKS: Final = (
    "SELECT trx_mysql_thread_id AS id, trx_state = 'LOCK WAIT' AS waits FROM information_schema.innodb_trx "
    "WHERE trx_state = 'LOCK WAIT' OR trx_rows_locked > 0 ORDER BY trx_started, 1"
)
"""Who keeps which lock is not to be had without the performance schema, but who keeps any is."""

RENEWED_S: Final = 0.1
"""MySQL shows these as they were for as long as it is asked again within this time."""


def held_up_by(server: Session) -> str:
    """Who keeps what locked that the server needs, as part of a sentence; empty where it waits for nobody.

    Of several who keep rows locked any may be the one. To be asked no more often than every ``RENEWED_S``, or what it
    says stays as it was. Raises SqlError.
    """
    processes = server.rows(PROCESSES)
    appliers = {process["Id"]: str(process["State"]) for process in processes if applies(process)}
    for state in appliers.values():
        if state.startswith(WAITING) and state.endswith(LOCK):
            return f"somebody keeps its tables locked ({state})"
    locks = server.rows(_ROW_LOCKS)
    if not any(lock["waits"] and lock["id"] in appliers for lock in locks):
        return ""
    users = {process["Id"]: process["User"] for process in processes if not applies(process)}
    keepers = [f"connection {lock['id']} of {users[lock['id']]}" for lock in locks if lock["id"] in users]
    return f"somebody keeps its rows locked ({' or '.join(keepers)})" if keepers else ""
