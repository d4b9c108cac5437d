"""A primary that should take writes and does not: it restarted, waits in vain, or an operation ended half-way."""

from hadrill.harness.engines.mysql import statements as sql
from hadrill.harness.engines.mysql.stopping import forget_source
from hadrill.harness.model.instance import Edition, State
from hadrill.harness.reference.operations import servers
from hadrill.harness.reference.operations.protect import source_waits
from hadrill.harness.reference.operations.step import Plan, Step, leave
from hadrill.harness.reference.records import OperationRecord
from hadrill.harness.reference.work import Work


def renew(work: Work, operation: OperationRecord) -> None:
    """It runs with what the instance shows: one that was lost amid a change comes back as it had been started last."""
    record = work.store.instance(operation.instance)
    servers.conform(work, record, record.primary)


def restore(work: Work, operation: OperationRecord) -> None:
    """Open the primary on record; where it is protected it waits for its secondary before it takes a write."""
    record = work.store.instance(operation.instance)
    waits = record.protected and work.settings.decisions.wait_for_secondary
    with work.server(record.primary) as server:
        forget_source(server)
        server.run(*sql.REPLICA_DOES_NOT_ACKNOWLEDGE)
        server.run(*(source_waits(work.settings.decisions) if waits else sql.SOURCE_DOES_NOT_WAIT))
        server.run(*sql.WRITABLE, *sql.OPEN_TO_CUSTOMERS)
    work.addresses.open(record.address, record.primary)
    alone = record.edition is Edition.HIGH_AVAILABILITY and not record.protected
    work.store.set_state(record.id, State.RUNNING, "unprotected: there is no secondary in sync" if alone else "")
    work.store.note(record.id, "opened", f"clients reach {record.primary} again")


REOPEN = Plan((Step("renew", renew), Step("restore", restore)), leave)
