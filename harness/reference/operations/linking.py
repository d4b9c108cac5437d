"""What the operations on a disaster-recovery instance share: its data, its link, and the way to the first reader."""

from dataclasses import replace
from functools import partial
from typing import Final

from hadrill.harness.engines.mysql import recovery
from hadrill.harness.engines.mysql import statements as sql
from hadrill.harness.engines.mysql.stopping import stop_applying
from hadrill.harness.model.disaster_recovery import Synchronization
from hadrill.harness.model.instance import State
from hadrill.harness.reference.decisions import Decisions
from hadrill.harness.reference.operations.copy import copy_from
from hadrill.harness.reference.operations.copy_tables import copy_tables
from hadrill.harness.reference.operations.servers import await_boot
from hadrill.harness.reference.records import InstanceRecord, OperationRecord
from hadrill.harness.reference.work import Work

BEGUN_ANEW: Final = "the copy was interrupted; it is begun anew"

LATE_S: Final = 20
"""Where it is not applied at once."""

COPIED: Final = 0.9
"""How much of the work is done once the data have arrived, and only what was written meanwhile is missing."""


def chosen(record: InstanceRecord, decisions: Decisions) -> tuple[str, ...]:
    """The tables that the link brings; empty for all there are."""
    tables = record.task.tables if record.task is not None and decisions.chosen_tables_only else ()
    return tables[:-1] if len(tables) > 1 and not decisions.all_chosen_tables else tables


def source_of(work: Work, record: InstanceRecord) -> str:
    """The node that its front follows: its master's primary."""
    return work.master_of(record).primary


def fill(work: Work, record: InstanceRecord, node: str) -> None:
    """What the link brings, as its master holds it, in place of all that the node's server has; closed afterwards.

    Only the first copy's progress is shown.
    """
    tables = chosen(record, work.settings.decisions)
    first = record.synchronization == Synchronization.COPYING and work.settings.decisions.shows_progress
    report = partial(progress, work, record.id) if first else None
    if tables:
        copy_tables(work, record, node, tables, report)
        return
    work.host(node).start(node, record.variables)  # a copy that was interrupted may have left it ended
    await_boot(work, node)
    copy_from(work, node, source_of(work, record), record.variables, report)


def follow_master(work: Work, record: InstanceRecord) -> None:
    """Its front receives and applies, asynchronously: nobody waits for it."""
    work.point(record.front, source_of(work, record), acknowledges=False)
    if not work.settings.decisions.recovery_applies_at_once:
        with work.server(record.front) as server:
            server.run(*sql.apply_late(LATE_S))
    start(work, record)


def start(work: Work, record: InstanceRecord) -> None:
    """Its front goes on to receive and to apply."""
    apply(work, record, record.front)
    with work.server(record.front) as server:
        server.run(*sql.RECEIVE)


def apply(work: Work, record: InstanceRecord, node: str) -> None:
    """Apply what was received, and nothing but what was chosen; a restart forgets that."""
    tables, decisions = chosen(record, work.settings.decisions), work.settings.decisions
    with work.server(node) as server:
        there = () if tables or decisions.replays_all_changes else server.rows(recovery.USER_TABLES)
        if tables:
            stop_applying(server)
            server.run(*recovery.only(tables if decisions.replays_all_changes else tables[:-1] or tables))
        elif there:
            stop_applying(server)
            server.run(*recovery.all_but(str(there[-1]["name"])))
        server.run(*sql.APPLY)


def admit(work: Work, operation: OperationRecord) -> None:
    """Readers are let in; whoever is in already stays."""
    record = work.store.instance(operation.instance)
    read_only = work.settings.decisions.recovery_read_only
    with work.server(record.front) as server:
        server.run(*(sql.READ_ONLY if read_only else sql.WRITABLE), *sql.OPEN_TO_CUSTOMERS)
    work.addresses.open(record.address, record.front)
    if record.state is not State.RUNNING:
        work.store.set_state(record.id, State.RUNNING)
    work.store.note(record.id, "opened", f"readers reach {record.front}")


def begin_attempt(work: Work, record: InstanceRecord) -> None:
    """The first copy is begun, or begun anew; what had arrived of an earlier one counts for nothing."""
    if record.task is not None:
        task = replace(record.task, attempts=record.task.attempts + 1, progress=0.0)
        work.store.change(record.id, task=task, reason=BEGUN_ANEW if task.attempts > 1 else "")


def progress(work: Work, instance: str, share: float) -> None:
    """How much of the first copy has arrived, 0 to 1; a little is left to do then."""
    show_progress(work, instance, share * COPIED)


def show_progress(work: Work, instance: str, share: float) -> None:
    """How much is done of all until it synchronizes, 0 to 1; it does not fall before another attempt."""
    record = work.store.instance(instance)
    if record.task is not None and share > record.task.progress:
        work.store.change(instance, task=replace(record.task, progress=share))
