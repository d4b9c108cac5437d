"""What creating and repointing a read-only instance share: whom it follows, and the way to the first reader."""

from typing import Final

from hadrill.harness.engines.mysql import statements as sql
from hadrill.harness.model.instance import State
from hadrill.harness.reference.decide_read_only import source_of
from hadrill.harness.reference.records import InstanceRecord, OperationRecord
from hadrill.harness.reference.work import Work

CATCH_UP_LIMIT_S: Final = 600


def source_for(work: Work, record: InstanceRecord) -> str:
    """The node that this read-only instance should follow at this moment."""
    return source_of(work.store.instance(record.master), work.settings.decisions)


def follow(work: Work, node: str, source: str) -> None:
    """Receive and apply, asynchronously: its acknowledgement would count as the secondary's."""
    decisions = work.settings.decisions
    work.point(node, source, acknowledges=not (decisions.secondary_alone_counts and decisions.secondary_suffices))
    with work.server(node) as server:
        server.run(*sql.RECEIVE, *sql.APPLY)
    if not decisions.secondary_suffices:
        with work.server(source) as server:
            server.run(*sql.WAITS_FOR_TWO)


def admit(work: Work, operation: OperationRecord) -> None:
    """Readers are let in; whoever is in already stays."""
    record = work.store.instance(operation.instance)
    gate = sql.READ_ONLY if work.settings.decisions.read_only_takes_no_writes else sql.WRITABLE
    with work.server(record.front) as server:
        server.run(*gate, *sql.OPEN_TO_CUSTOMERS)
    work.addresses.open(record.address, record.front)
    work.store.set_state(record.id, State.RUNNING)
    work.store.note(record.id, "opened", f"readers reach {record.front}")
