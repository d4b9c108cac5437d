"""The manager: takes requests, refuses what the promises forbid, and keeps every instance."""

import secrets
import threading
from datetime import UTC, datetime

from hadrill.harness.model.instance import Account, Edition, Instance, Member, Role, State
from hadrill.harness.model.topology import ADDRESS, CLIENT
from hadrill.harness.reference.keeper import Keeper
from hadrill.harness.reference.operations.plans import PLANS
from hadrill.harness.reference.placement import place
from hadrill.harness.reference.records import InstanceRecord, OperationKind
from hadrill.harness.reference.refusals import Code, Refusal
from hadrill.harness.reference.work import Work


class Manager:
    """Answers the API's requests; what they begin is carried out by the instance's keeper.

    Raises:
        Refusal: every request may; nothing was changed then.
    """

    def __init__(self, work: Work) -> None:
        self._work = work
        self._lock = threading.Lock()
        self._keepers: dict[str, Keeper] = {}

    def start(self) -> None:
        """Keep every instance on record, and resume what was begun."""
        with self._lock:
            for record in self._work.store.instances():
                self._keep(record.id)

    def end(self) -> None:
        """Stop keeping; what is running stays on record."""
        with self._lock:
            for keeper in self._keepers.values():
                keeper.end()

    def create(self, edition: Edition, zones: tuple[str, ...]) -> tuple[str, int]:
        """Begin to create an instance; its id and the operation's."""
        store, topology = self._work.store, self._work.settings.inventory.topology
        with self._lock:
            nodes = place(topology, store.taken_nodes(), edition, zones)
            free = [k for k in range(topology.addresses) if k not in store.taken_addresses()]
            if not free:
                raise Refusal(Code.NO_ROOM, f"all {topology.addresses} addresses are in use; release an instance")
            roles = (Role.PRIMARY, Role.SECONDARY)
            record = InstanceRecord(
                id=f"db-{secrets.token_hex(4)}",
                edition=edition,
                state=State.CREATING,
                reason="",
                address=free[0],
                created_at=datetime.now(UTC).isoformat(timespec="milliseconds"),
                protected=False,
                owner=Account("owner", secrets.token_urlsafe(18)),
                reader=Account("reader", secrets.token_urlsafe(18)),
                members=tuple(Member(node.name, role) for node, role in zip(nodes, roles, strict=False)),
            )
            operation = store.add_instance(record, PLANS[OperationKind.CREATE].first, {})
            self._keep(record.id)
        return record.id, operation

    def describe(self, instance: str) -> Instance:
        """One instance as customers see it."""
        return self._view(self._work.store.instance(instance))

    def instances(self) -> tuple[Instance, ...]:
        """All that are not released."""
        return tuple(self._view(record) for record in self._work.store.instances())

    def accounts(self, instance: str) -> tuple[Account, Account]:
        """Owner and reader: every account that a customer is given."""
        record = self._existing(instance)
        return record.owner, record.reader

    def switch(self, instance: str) -> int:
        """Begin a switchover now; the operation's id."""
        record = self._existing(instance)
        if record.edition is Edition.BASIC:
            sentence = (
                f"instance {instance} is of the basic edition, which has no secondary to switch to; upgrade it first"
            )
            raise Refusal(Code.EDITION_HAS_NO_SECONDARY, sentence)
        if (running := self._work.store.running(instance)) is not None:
            raise Refusal(
                Code.BUSY, f"instance {instance} is in the middle of: {running.kind}; ask again when it is over"
            )
        secondary = record.node(Role.SECONDARY)
        if not record.protected or secondary is None or record.state is not State.RUNNING:
            why = record.reason or record.state
            sentence = f"instance {instance} has no secondary that holds all data ({why}); wait until it has"
            raise Refusal(Code.NOT_PROTECTED, sentence)
        return self._begin(instance, OperationKind.SWITCH, {"from": record.primary, "to": secondary})

    def release(self, instance: str) -> int:
        """Begin to give an instance back; the operation's id."""
        self._existing(instance)
        return self._begin(instance, OperationKind.RELEASE, {})

    def _existing(self, instance: str) -> InstanceRecord:
        record = self._work.store.instance(instance)
        if record.state is State.RELEASED:
            raise Refusal(Code.NOT_FOUND, f"instance {instance} was released")
        return record

    def _begin(self, instance: str, kind: OperationKind, arguments: dict[str, str]) -> int:
        operation = self._work.store.begin(instance, kind, PLANS[kind].first, arguments)
        with self._lock:
            self._keepers[instance].wake()
        return operation

    def _keep(self, instance: str) -> None:
        keeper = self._keepers[instance] = Keeper(self._work, instance)
        keeper.start()

    def _view(self, record: InstanceRecord) -> Instance:
        return Instance(
            id=record.id,
            edition=record.edition,
            state=record.state,
            address=self._work.settings.inventory.route(CLIENT, f"{ADDRESS}:{record.address}"),
            created_at=record.created_at,
            members=record.members,
            protected=record.protected,
            reason=record.reason,
        )
