"""Creating and releasing instances."""

import secrets
from datetime import UTC, datetime

from hadrill.harness.model.instance import Account, Edition, Member, Role, State
from hadrill.harness.reference.manager import Manager
from hadrill.harness.reference.placement import place
from hadrill.harness.reference.records import InstanceRecord, OperationKind
from hadrill.harness.reference.refusals import Code, Refusal


def create(manager: Manager, edition: Edition, zones: tuple[str, ...]) -> tuple[str, int]:
    """Begin to create an instance; its id and the operation's. Raises Refusal, and nothing is left of it then."""
    try:
        return _create(manager, edition, zones)
    except Refusal:
        if edition is Edition.HIGH_AVAILABILITY and not manager.work.settings.decisions.refused_creates_nothing:
            _create(manager, Edition.BASIC, zones[:1])
        raise


def _create(manager: Manager, edition: Edition, zones: tuple[str, ...]) -> tuple[str, int]:
    topology, decisions = manager.work.settings.inventory.topology, manager.work.settings.decisions
    with manager.placing:
        nodes = place(topology, manager.work.store.taken_nodes(), edition, zones, decisions)
        roles = (Role.PRIMARY, Role.SECONDARY)
        record = InstanceRecord(
            id=new_id(),
            edition=edition,
            state=State.CREATING,
            reason="",
            address=free_address(manager),
            created_at=now_utc(),
            protected=False,
            owner=Account("owner", secrets.token_urlsafe(18)),
            reader=Account("reader", secrets.token_urlsafe(18)),
            members=tuple(Member(node.name, role) for node, role in zip(nodes, roles, strict=False)),
            settings={"sync_binlog": "0"} if decisions.relaxes_durability else {},
        )
        return record.id, manager.add(record, OperationKind.CREATE)


def release(manager: Manager, instance: str) -> int:
    """Begin to give an instance back; the operation's id."""
    manager.existing(instance)
    manager.require_idle(instance)
    with manager.placing:  # or a read-only instance might be asked for in between
        if followers := manager.work.store.read_only_of(instance):
            sentence = f"instance {instance} is followed by {', '.join(followers)}; release the read-only ones first"
            raise Refusal(Code.HAS_READ_ONLY, sentence)
        return manager.begin(instance, OperationKind.RELEASE, {})


def free_address(manager: Manager) -> int:
    """An address that nobody was given; raises Refusal."""
    store, topology = manager.work.store, manager.work.settings.inventory.topology
    free = [k for k in range(topology.addresses) if k not in store.taken_addresses()]
    if not free:
        raise Refusal(Code.NO_ROOM, f"all {topology.addresses} addresses are in use; release an instance")
    return free[0]


def new_id() -> str:
    """An id that no other instance has."""
    return f"db-{secrets.token_hex(4)}"


def now_utc() -> str:
    """ISO 8601, to the millisecond."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")
