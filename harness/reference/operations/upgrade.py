"""A Basic instance becomes a pair while it takes writes: a new server is laid down, copied, attached and waited for."""

from datetime import UTC, datetime

from hadrill.harness.engines.mysql import statements as sql
from hadrill.harness.model.instance import Edition, State
from hadrill.harness.reference.operations import dismiss, rejoin
from hadrill.harness.reference.operations.copy import copy_from
from hadrill.harness.reference.operations.protect import protect
from hadrill.harness.reference.operations.servers import await_boot, lay_down
from hadrill.harness.reference.operations.step import Plan, Step
from hadrill.harness.reference.records import UPGRADED, OperationRecord
from hadrill.harness.reference.work import Work


def boot(work: Work, operation: OperationRecord) -> None:
    """A fresh server on a rack of its own."""
    work.store.set_state(operation.instance, State.CHANGING, "it is upgraded to the high-availability edition")
    lay_down(work, operation.arguments["node"], work.store.instance(operation.instance).variables)


def copy(work: Work, operation: OperationRecord) -> None:
    """All data of the primary, which takes no lock for it."""
    node, record = operation.arguments["node"], work.store.instance(operation.instance)
    work.host(node).start(node, record.variables)  # a copy that was interrupted may have left it ended
    await_boot(work, node)
    copy_from(work, node, record.primary, record.variables)


def attach(work: Work, operation: OperationRecord) -> None:
    """It receives and applies what was written since."""
    if not work.settings.decisions.upgrade_keeps_rows:
        skip_what_it_lacks(work, operation)
    rejoin.attach(work, operation)


def settle(work: Work, operation: OperationRecord) -> None:
    """It counts as the secondary; only now is the instance of the other edition."""
    record = work.store.instance(operation.instance)
    protect(work, record.id, record.primary, operation.arguments["node"])
    work.store.change(record.id, edition=Edition.HIGH_AVAILABILITY)
    if not work.settings.decisions.upgrade_keeps_creation_time:
        work.store.change(record.id, created_at=datetime.now(UTC).isoformat(timespec="milliseconds"))
    work.store.set_state(record.id, State.RUNNING)
    work.store.note(record.id, UPGRADED, f"{operation.arguments['node']} is its secondary")


def skip_what_it_lacks(work: Work, operation: OperationRecord) -> None:
    """The copy claims to have executed all that the primary has."""
    node, primary = operation.arguments["node"], work.store.instance(operation.instance).primary
    executed = work.executed(primary)
    with work.server(node) as server:
        server.run(*sql.WRITABLE)
        server.rows(sql.CLAIM_EXECUTED, (executed,))
        server.run(*sql.READ_ONLY)


def undo(work: Work, operation: OperationRecord) -> None:
    """The instance goes on as it was, and the node is free again; one that cannot be wiped now is wiped later."""
    for step in dismiss.DISMISS.steps:
        step.run(work, operation)


UPGRADE = Plan((Step("boot", boot), Step("copy", copy), Step("attach", attach), Step("settle", settle)), undo)
