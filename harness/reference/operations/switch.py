"""A switchover: asked for; both servers are there, and the pair stays protected throughout."""

import time
from datetime import UTC, datetime

from hadrill.harness.engines.mysql import statements as sql
from hadrill.harness.engines.mysql.stopping import forget_source, stop_applying
from hadrill.harness.errors import WaitTimeout
from hadrill.harness.model.instance import Role, State
from hadrill.harness.reference.operations.protect import protect, wait_in_force
from hadrill.harness.reference.operations.reopen import restore
from hadrill.harness.reference.operations.step import Plan, Step
from hadrill.harness.reference.records import PROMOTED, InstanceRecord, OperationRecord
from hadrill.harness.reference.work import Work

CATCH_UP_LIMIT_S = 3
"""Clients may be waiting for it."""

LINE_UP_LIMIT_S = 10
"""While clients still write, and the secondary applies what they do."""


def announce(work: Work, operation: OperationRecord) -> None:
    """While clients still write; a switch that was put off is not begun after its period."""
    require_period(operation)
    work.store.set_state(operation.instance, State.SWITCHING, "a switch was asked for")
    line_up(work, operation)


def line_up(work: Work, operation: OperationRecord) -> None:
    """The secondary is close behind, and the old primary is told whom it will follow."""
    old, new = operation.arguments["from"], operation.arguments["to"]
    _await_close_behind(work, new, old)
    work.point(old, new)


def _await_close_behind(work: Work, node: str, primary: str) -> None:
    """Wait until it has executed what the primary had a moment ago; longer only where it has not stopped applying."""
    began_s = time.monotonic()
    while True:
        before = work.executed(node)
        try:
            return work.await_executed(node, work.executed(primary), CATCH_UP_LIMIT_S)
        except WaitTimeout:
            if work.executed(node) == before or time.monotonic() > began_s + LINE_UP_LIMIT_S:
                raise


def close(work: Work, operation: OperationRecord) -> None:
    """Clients are cut off, then the old primary takes no more writes; commits in flight end as they should."""
    require_period(operation)
    decisions = work.settings.decisions
    with work.server(operation.arguments["from"]) as server:
        if decisions.frees_commits_on_switch:
            server.run(*sql.SOURCE_DOES_NOT_WAIT)
        if decisions.cuts_clients_off:
            work.addresses.close(work.store.instance(operation.instance).address)
        if decisions.closes_old_primary:
            server.run(*(sql.CLOSE_TO_CUSTOMERS if decisions.cuts_clients_off else ()), *sql.READ_ONLY)


def drain(work: Work, operation: OperationRecord) -> None:
    """The new primary has executed all that the old one has."""
    old, new = operation.arguments["from"], operation.arguments["to"]
    work.await_executed(new, work.executed(old), CATCH_UP_LIMIT_S)


def turn_for_good(work: Work, operation: OperationRecord) -> None:
    """The point of no return; nothing waits for its period any more."""
    work.store.change(operation.instance, switch_within=None)
    turn(work, operation)


def turn(work: Work, operation: OperationRecord) -> None:
    """The new primary: on record first, then on the server; it receives on from one that has nothing more to send."""
    old, new = operation.arguments["from"], operation.arguments["to"]
    work.store.set_roles(operation.instance, {old: Role.OUT, new: Role.PRIMARY}, protected=False)
    with work.server(new) as server:
        stop_applying(server)
        server.run(*sql.REPLICA_DOES_NOT_ACKNOWLEDGE, *sql.OPEN_TO_CUSTOMERS)
    work.store.note(operation.instance, PROMOTED, f"{new} in place of {old}")


def admit(work: Work, operation: OperationRecord) -> None:
    """The old primary receives from the new one before clients are let in, so that their first write is protected."""
    old, new = operation.arguments["from"], operation.arguments["to"]
    with work.server(old) as server:
        server.run(*sql.RECEIVE)
    if work.settings.decisions.wait_for_secondary:
        wait_in_force(work, new, CATCH_UP_LIMIT_S)
    with work.server(new) as server:
        server.run(*sql.WRITABLE)
    address = address_after(work, work.store.instance(operation.instance))
    work.addresses.open(address, new, cut_off=work.settings.decisions.cuts_clients_off)
    work.store.note(operation.instance, "opened", f"clients reach {new}")


def settle(work: Work, operation: OperationRecord) -> None:
    """The old primary counts as the secondary once it has caught up."""
    old, new = operation.arguments["from"], operation.arguments["to"]
    tidy_up(work, operation)
    protect(work, operation.instance, new, old)
    if not work.settings.decisions.address_leads_to_primary:
        with work.server(old) as server:
            server.run(*sql.OPEN_TO_CUSTOMERS)
        work.addresses.admit(work.store.instance(operation.instance).address, old)
    work.store.set_state(operation.instance, State.RUNNING)


def tidy_up(work: Work, operation: OperationRecord) -> None:
    """What could wait until clients were let in.

    A server stops waiting for acknowledgements within milliseconds while its replica still receives from it, or in a
    second: mostly the first, never for certain. Before it applies anything it has to.
    """
    old, new = operation.arguments["from"], operation.arguments["to"]
    try:
        work.stop_waiting(old)
    finally:
        with work.server(new) as server:
            forget_source(server)
    with work.server(old) as server:
        server.run(*sql.APPLY)


def undo(work: Work, operation: OperationRecord) -> None:
    """The old primary goes on as if nothing had been asked for.

    A switch that was put off is tried again within its period, but not once it has cut clients off.
    """
    running = work.store.running(operation.instance)
    cut_off = running is not None and running.step != SWITCH.first
    if "until" in operation.arguments and cut_off and not _is_late(operation):
        work.store.change(operation.instance, switch_within=None)
    restore(work, operation)


def require_period(operation: OperationRecord) -> None:
    """Raises WaitTimeout where the switch was put off to a period that is over: it waits for the next one."""
    if _is_late(operation):
        raise WaitTimeout(f"the maintenance period ended at {operation.arguments['until']}, before the switch began")


def address_after(work: Work, record: InstanceRecord) -> int:
    """The address that clients are let in at after a switch: the one that they were given."""
    if work.settings.decisions.address_stays:
        return record.address
    taken, all_addresses = work.store.taken_addresses(), range(work.settings.inventory.topology.addresses)
    other = next((k for k in all_addresses if k not in taken), record.address)
    work.store.change(record.id, address=other)
    return other


def _is_late(operation: OperationRecord) -> bool:
    ends = operation.arguments.get("until", "")
    return ends != "" and datetime.now(UTC) >= datetime.fromisoformat(ends)


SWITCH = Plan(
    (
        Step("announce", announce),
        Step("close", close),
        Step("drain", drain),
        Step("turn", turn_for_good),
        Step("admit", admit),
        Step("settle", settle),
    ),
    undo,
    forward_from="turn",
)
