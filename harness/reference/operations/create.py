"""A new instance: servers laid down and started, replication in force, accounts, and last of all clients let in.

A creation that fails is followed by a release: nothing of it is left.
"""

from concurrent.futures import ThreadPoolExecutor

from hadrill.harness.engines.mysql import statements as sql
from hadrill.harness.model.instance import Role, State
from hadrill.harness.reference.operations.protect import protect
from hadrill.harness.reference.operations.step import Plan, Step, leave
from hadrill.harness.reference.records import InstanceRecord, OperationRecord
from hadrill.harness.reference.work import Work

BOOT_LIMIT_S = 60
LATE_S = 4  # where it is not applied at once


def start_servers(work: Work, operation: OperationRecord) -> None:
    """Side by side: data directory, process, accounts of the service; until each answers."""
    record = work.store.instance(operation.instance)
    nodes = [member.node for member in record.members]
    accounts = sql.first_boot(work.settings.service, work.settings.replicator, work.settings.auditor)

    def boot(node: str) -> None:
        host = work.host(node)
        host.prepare(node)
        host.start(node, record.variables, accounts)
        work.await_server(node, BOOT_LIMIT_S)

    with ThreadPoolExecutor(len(nodes)) as pool:
        list(pool.map(boot, nodes))


def configure(work: Work, operation: OperationRecord) -> None:
    """Replication first, so that the customer's accounts are the first thing that waits for the secondary."""
    record = work.store.instance(operation.instance)
    with work.server(record.primary) as server:
        # The replicator could not log in otherwise; the address is still closed and no customer account exists.
        server.run(*sql.WRITABLE, *sql.OPEN_TO_CUSTOMERS)
    if secondary := _other(record):
        work.follow(secondary, record.primary)
        with work.server(secondary) as server:
            server.run(*sql.APPLY)
        protect(work, record.id, record.primary, secondary, BOOT_LIMIT_S)
        if not work.settings.decisions.secondary_applies_at_once:
            with work.server(secondary) as server:
                server.run(*sql.apply_late(LATE_S), *sql.APPLY)


def admit(work: Work, operation: OperationRecord) -> None:
    """The customer's accounts, then the address."""
    record = work.store.instance(operation.instance)
    with work.server(record.primary) as server:
        server.run(*sql.customer_accounts(record.owner, record.reader))
    work.addresses.open(record.address, record.primary)
    work.store.set_state(record.id, State.RUNNING)
    work.store.note(record.id, "created", f"primary on {record.primary}")


def _other(record: InstanceRecord) -> str | None:
    return record.node(Role.SECONDARY) or record.node(Role.OUT)


CREATE = Plan((Step("start-servers", start_servers), Step("configure", configure), Step("admit", admit)), leave)
