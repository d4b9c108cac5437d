"""The manager: knows every instance and keeps it; what customers can ask of it is in ``requests``."""

import threading
from datetime import UTC, datetime
from typing import Final

from hadrill.harness.model.disaster_recovery import MonitoringFigures
from hadrill.harness.model.instance import Account, Instance, InstanceType, MaintenancePeriod, Member, State
from hadrill.harness.model.topology import ADDRESS, CLIENT
from hadrill.harness.reference.heartbeat import Heartbeat
from hadrill.harness.reference.imports import end_orphans
from hadrill.harness.reference.keeper import Keeper
from hadrill.harness.reference.maintenance import next_window
from hadrill.harness.reference.operations.plans import PLANS
from hadrill.harness.reference.records import InstanceRecord, OperationKind, Status
from hadrill.harness.reference.refusals import Code, Refusal, busy
from hadrill.harness.reference.told import told_id, told_state, told_synchronization
from hadrill.harness.reference.work import Work

IN_THE_MIDDLE: Final = frozenset({State.SWITCHING, State.FAILING_OVER, State.CHANGING, State.REBUILDING})


class Manager:
    """Answers what is asked about instances, and hands what is begun to their keepers.

    Attributes:
        work: the manager's hands.
        placing: held while nodes and addresses are chosen and taken.
        heartbeat: tells keepers that the manager stood still.

    Raises:
        Refusal: every method may; nothing was changed then.
    """

    def __init__(self, work: Work) -> None:
        self.work = work
        self.placing = threading.Lock()
        self.heartbeat = Heartbeat()
        self._lock = threading.Lock()
        self._keepers: dict[str, Keeper] = {}

    def start(self) -> None:
        """Keep every instance on record, and resume what was begun."""
        self.heartbeat.start()
        end_orphans(self.work)
        with self._lock:
            for record in self.work.store.instances():
                running = self.work.store.running(record.id)
                if running is not None and not self.work.settings.decisions.resumes:
                    self.work.store.finish(running.id, Status.DONE)
                self._keep(record.id)

    def end(self) -> None:
        """Stop keeping; what is running stays on record."""
        self.heartbeat.end()
        with self._lock:
            for keeper in self._keepers.values():
                keeper.end()

    def describe(self, instance: str) -> Instance:
        """One instance as customers see it."""
        return self._view(self.work.store.instance(instance))

    def instances(self, region: str = "", kind: InstanceType | None = None) -> tuple[Instance, ...]:
        """All that are not released; those of a region, or of a type, where one is named."""
        views = tuple(self._view(record) for record in self.work.store.instances())
        if not self.work.settings.decisions.lists_as_asked:
            return views
        return tuple(view for view in views if region in {"", view.region} and kind in {None, view.type})

    def accounts(self, instance: str) -> tuple[Account, ...]:
        """Every account that a customer is given: owner and reader, or the reader alone where there is no writing."""
        record = self.existing(instance)
        return (record.reader,) if record.type is InstanceType.READ_ONLY else (record.owner, record.reader)

    def region(self, record: InstanceRecord) -> str:
        """Where an instance's servers stand; empty where it has none any more."""
        topology = self.work.settings.inventory.topology
        return topology.node(record.members[0].node).region if record.members else ""

    def lag_s(self, instance: str) -> float | None:
        """How far a disaster-recovery instance is behind its master; None where it follows nobody; seconds."""
        with self._lock:
            keeper = self._keepers.get(instance)  # none is there yet, or any more, when it comes or goes just now
        return None if keeper is None else keeper.lag_s()

    def figures(self, instance: str) -> tuple[MonitoringFigures, ...]:
        """How an instance fared in the last hour, oldest first."""
        with self._lock:
            keeper = self._keepers.get(instance)
        return () if keeper is None else keeper.figures

    def existing(self, instance: str) -> InstanceRecord:
        """The record of an instance that is not released."""
        record = self.work.store.instance(instance)
        if record.state is State.RELEASED:
            raise Refusal(Code.NOT_FOUND, f"instance {instance} was released")
        return record

    def require_idle(self, instance: str) -> None:
        """Refuse where the instance is in the middle of something, or between two things that belong together."""
        if not self.work.settings.decisions.refuses_while_busy:
            return
        record = self.work.store.instance(instance)
        taking_its_place = self.work.store.running(record.successor) if record.successor else None
        running = self.work.store.running(instance) or taking_its_place
        importing = self.work.store.importing(instance) is not None
        if running is not None or importing or record.state in IN_THE_MIDDLE:
            doing = running.kind if running is not None else OperationKind.IMPORT if importing else record.state
            raise busy(instance, doing)

    def add(self, record: InstanceRecord, kind: OperationKind) -> int:
        """Put a new instance on record and begin its creation; the operation's id."""
        operation = self.work.store.add_instance(record, kind, PLANS[kind].first)
        with self._lock:
            self._keep(record.id)
        return operation

    def begin(self, instance: str, kind: OperationKind, arguments: dict[str, str], joins: Member | None = None) -> int:
        """Begin an operation and wake its keeper; the operation's id."""
        operation = self.work.store.begin(instance, kind, PLANS[kind].first, arguments, joins)
        self.wake(instance)
        return operation

    def wake(self, instance: str) -> None:
        """Have the instance's keeper look at it at once; one that comes just now does so of itself."""
        with self._lock:
            keeper = self._keepers.get(instance)
        if keeper is not None:
            keeper.wake()

    def _keep(self, instance: str) -> None:
        keeper = self._keepers[instance] = Keeper(self.work, instance, self.heartbeat)
        keeper.start()

    def _view(self, record: InstanceRecord) -> Instance:
        decisions = self.work.settings.decisions
        return Instance(
            id=record.id if decisions.upgrade_keeps_id else told_id(record.id, self.work.store.events()),
            edition=record.edition,
            state=told_state(record, decisions),
            address=self.work.settings.inventory.route(CLIENT, f"{ADDRESS}:{record.address}"),
            created_at=record.created_at,
            members=record.members,
            protected=record.protected,
            reason=record.reason,
            type=record.type,
            master=record.master,
            read_only=self.work.store.read_only_of(record.id),
            disaster_recovery=self.work.store.disaster_recovery_of(record.id) if decisions.names_followers else (),
            region=self.region(record),
            synchronization=told_synchronization(record, decisions),
            promoted_from=record.promoted_from,
            specification=record.specification,
            maintenance=record.maintenance,
            switch_due=switch_due(record.switch_within),
        )


def switch_due(within: MaintenancePeriod | None) -> str:
    """When a switch that waits for this period begins, or might have begun; empty where none waits."""
    return next_window(within, datetime.now(UTC)).begins.isoformat() if within else ""
