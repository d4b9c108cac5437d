"""Keeping both servers of a disaster-recovery instance: one takes the other's place, and the lost one joins again."""

from typing import Final

from hadrill.harness.engines.mysql import recovery
from hadrill.harness.engines.mysql import statements as sql
from hadrill.harness.engines.mysql.stopping import forget_source
from hadrill.harness.model.instance import Role, State
from hadrill.harness.reference.operations.copy import copy_from
from hadrill.harness.reference.operations.misfit import misfit
from hadrill.harness.reference.operations.put_off import unless_put_off
from hadrill.harness.reference.operations.step import Plan, Step, leave
from hadrill.harness.reference.records import OperationRecord
from hadrill.harness.reference.work import Work

CATCH_UP_LIMIT_S: Final = 600


def take_over(work: Work, operation: OperationRecord) -> None:
    """The second server is the front from now on; the next look has it follow the master and opens it."""
    lost, heir = operation.arguments["from"], operation.arguments["to"]
    work.store.set_roles(operation.instance, {lost: Role.OUT, heir: Role.PRIMARY}, protected=False)
    if work.store.instance(operation.instance).state is State.REBUILDING:  # that one is not
        work.store.set_state(operation.instance, State.DOWN, f"the server on {lost} is lost")
    work.store.note(operation.instance, "taken-over", f"{heir} in place of {lost}")
    _leave_out(work, operation.instance, lost)


def part(work: Work, operation: OperationRecord) -> None:
    """The second server is lost; nobody waits for it."""
    node = operation.arguments["node"]
    work.store.set_roles(operation.instance, {node: Role.OUT}, protected=False)
    work.store.note(operation.instance, "parted", f"the second server on {node} is lost")
    _leave_out(work, operation.instance, node)


def _leave_out(work: Work, instance: str, node: str) -> None:
    """Whoever is lost comes back; a service that does not keep its pair forgets them."""
    if not work.settings.decisions.keeps_recovery_pair:
        work.store.forget_member(instance, node)


def compare(work: Work, operation: OperationRecord) -> None:
    """By GTID with the front; one that does not fit is copied from it."""
    record, node = work.store.instance(operation.instance), operation.arguments["node"]
    work.store.set_roles(record.id, {node: Role.OUT}, protected=False)
    with work.server(node) as server:
        server.run(*sql.CLOSE_TO_CUSTOMERS, *sql.READ_ONLY)
    if why := misfit(work, node, record.front):
        work.store.note(record.id, "copied-anew", why)
        with work.server(node) as server:  # half a copy must not look as if it fitted
            forget_source(server)
            server.run(*sql.WRITABLE, *recovery.FORGET_EXECUTED)
        copy_from(work, node, record.front, record.variables)


def attach(work: Work, operation: OperationRecord) -> None:
    """It receives from the front and applies; nobody waits for it."""
    record, node = work.store.instance(operation.instance), operation.arguments["node"]
    work.point(node, record.front, acknowledges=False)
    with work.server(node) as server:
        there = () if work.settings.decisions.second_replays_all else server.rows(recovery.USER_TABLES)
        if there:
            server.run(*recovery.all_but(str(there[-1]["name"])))
        server.run(*sql.RECEIVE, *sql.APPLY)
    work.await_caught_up(node, work.executed(record.front), CATCH_UP_LIMIT_S, unless_put_off(work, operation))


def settle(work: Work, operation: OperationRecord) -> None:
    """It can take the front's place."""
    node = operation.arguments["node"]
    work.store.set_roles(operation.instance, {node: Role.SECONDARY}, protected=False)
    work.store.note(operation.instance, "joined", f"{node} is the second server")


TAKE_OVER = Plan((Step("take-over", take_over),), leave)
PART = Plan((Step("part", part),), leave)
JOIN = Plan((Step("compare", compare), Step("attach", attach), Step("settle", settle)), leave)
