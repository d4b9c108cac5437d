"""Whether a server can follow another one from where it stands, by GTID."""

from contextlib import suppress
from typing import Final

from hadrill.harness.engines.mysql import statements as sql
from hadrill.harness.engines.mysql.stopping import failed_with, stop_replicating
from hadrill.harness.errors import WaitTimeout
from hadrill.harness.reference.work import Work

COMMIT_LIMIT_S: Final = 5.0
"""A source shows a transaction to its replicas before it has committed it: how long it may take over that."""


def misfit(work: Work, node: str, source: str) -> str:
    """Why the server cannot go on from its own data; empty where it can. It has stopped replicating afterwards.

    What it received from another source and did not apply does not count: it is forgotten.
    """
    with work.server(source), work.server(node) as server:  # both answer, or nothing is stopped
        stop_replicating(server)
        status = server.row(sql.REPLICA_STATUS)
        own = str(server.row(sql.EXECUTED)["executed"])
    through = work.settings.inventory.route(node, source)
    if (status.get("Source_Host"), status.get("Source_Port")) == (through.host, through.port):
        with suppress(WaitTimeout):  # it is said below
            work.await_executed(source, own, COMMIT_LIMIT_S)
    with work.server(source) as server:
        fits = server.row(sql.FITS, (own, own))
    if not fits["contained"]:
        return f"{node} has transactions that {source} lacks"
    if not fits["reachable"]:
        return f"{source} no longer has the log of what {node} lacks"
    if error := failed_with(status):
        return f"{node} could not apply what it received (error {error})"
    return ""
