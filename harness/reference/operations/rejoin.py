"""A server that was out comes back as the secondary: closed, compared, rebuilt if it diverged, attached, protected."""

import logging
import time

from hadrill.harness.engines.mysql import statements as sql
from hadrill.harness.engines.mysql.stopping import forget_source
from hadrill.harness.model.instance import State
from hadrill.harness.reference.operations import servers
from hadrill.harness.reference.operations.copy import copy_from
from hadrill.harness.reference.operations.protect import protect
from hadrill.harness.reference.operations.step import Plan, Step, leave
from hadrill.harness.reference.records import OperationRecord
from hadrill.harness.reference.work import Work

CATCH_UP_LIMIT_S = 600
CLOSE_S = 0.5
SETTLE_LIMIT_S = 1.0  # it has caught up; writes wait for so long where it is lost again just now

log = logging.getLogger("hadrill.reference")


def fence(work: Work, operation: OperationRecord) -> None:
    """Whoever still waits for a commit on it is cut off, never answered: no other server has that row."""
    node, fences = operation.arguments["node"], work.settings.decisions.fences_old_primary
    if fences:
        with work.server(node) as server:
            server.run(*sql.CLOSE_TO_CUSTOMERS)
    work.stop_waiting(node)
    with work.server(node) as server:
        server.run(*(sql.READ_ONLY if fences else ()))
        forget_source(server)


def renew(work: Work, operation: OperationRecord) -> None:
    """It runs with what the instance shows."""
    servers.conform(work, work.store.instance(operation.instance), operation.arguments["node"])


def compare(work: Work, operation: OperationRecord) -> None:
    """By GTID: a server with transactions that the primary lacks, or too far behind for its log, is rebuilt from it."""
    if not work.settings.decisions.rebuilds_diverged:
        return
    node, record = operation.arguments["node"], work.store.instance(operation.instance)
    primary = record.primary
    own = work.executed(node)
    with work.server(primary) as server:
        fits = server.row(sql.FITS, (own, own))
    if not fits["contained"]:
        work.store.note(operation.instance, "diverged", f"{node} has transactions that {primary} lacks")
    if not (fits["contained"] and fits["reachable"]):
        copy_from(work, node, primary, record.variables)


def attach(work: Work, operation: OperationRecord) -> None:
    """It receives and applies, until it is so close behind that writes will hardly have to wait for it."""
    node, primary = operation.arguments["node"], work.store.instance(operation.instance).primary
    work.follow(node, primary)
    with work.server(node) as server:
        server.run(*sql.APPLY)
    began_s = time.monotonic()
    while (round_s := _round_s(work, node, primary)) > CLOSE_S and time.monotonic() < began_s + CATCH_UP_LIMIT_S:
        log.info("%s was %.1f s behind %s", node, round_s, primary)


def _round_s(work: Work, node: str, primary: str) -> float:
    """How long it takes to apply all that the primary has by now, seconds."""
    began_s = time.monotonic()
    work.await_caught_up(node, work.executed(primary), CATCH_UP_LIMIT_S)
    return time.monotonic() - began_s


def settle(work: Work, operation: OperationRecord) -> None:
    """It counts as the secondary."""
    record, node = work.store.instance(operation.instance), operation.arguments["node"]
    decisions = work.settings.decisions
    if not decisions.fences_old_primary:
        with work.server(node) as server:
            server.run(*sql.WRITABLE, *sql.OPEN_TO_CUSTOMERS)
    protect(work, record.id, record.primary, node, SETTLE_LIMIT_S, waits=decisions.protects_again)
    work.store.set_state(record.id, State.RUNNING)


REJOIN = Plan(
    (
        Step("fence", fence),
        Step("renew", renew),
        Step("compare", compare),
        Step("attach", attach),
        Step("settle", settle),
    ),
    leave,
)
