"""Whether a replica's applier waits for a lock that somebody keeps."""

from typing import Final

from hadrill.harness.engines.mysql.session import Session
from hadrill.harness.engines.mysql.stopping import PROCESSES, applies

WAITING: Final = "Waiting for "
LOCK: Final = " lock"


def held_up_by(server: Session) -> str:
    """What the server calls that, "Waiting for table metadata lock" for one; empty where it waits for none.

    Locks of rows are not seen: it goes on trying for those. Raises SqlError.
    """
    states = [str(process["State"]) for process in server.rows(PROCESSES) if applies(process)]
    return next((state for state in states if state.startswith(WAITING) and state.endswith(LOCK)), "")
