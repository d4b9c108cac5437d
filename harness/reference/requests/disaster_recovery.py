"""Asking for a disaster-recovery instance, its synchronization and its way back; its promotion is ``promoting``."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Final

from hadrill.harness.engines.mysql import recovery
from hadrill.harness.engines.mysql.session import Session, SqlError
from hadrill.harness.model.disaster_recovery import Synchronization, SynchronizationTask
from hadrill.harness.model.instance import Edition, InstanceType, Member, Role, State
from hadrill.harness.reference.manager import Manager
from hadrill.harness.reference.placement import place_disaster_recovery
from hadrill.harness.reference.records import InstanceRecord, OperationKind, TaskRecord
from hadrill.harness.reference.recovery_preconditions import require_link
from hadrill.harness.reference.refusals import Code, Refusal
from hadrill.harness.reference.requests.providing import free_address, new_id, now_utc
from hadrill.harness.reference.requests.switching import regular

NO_LATER_ACCOUNTS: Final = (
    "accounts and rights come once, with the copy; those that the master's customer creates or changes later do not "
    "arrive: create them anew once the instance is promoted, or synchronize the entire instance, which brings them all"
)
"""Of chosen tables."""

NOTHING_TO_PROMOTE: Final = frozenset({"", Synchronization.UNSYNCHRONIZED, Synchronization.COPYING})


def create(manager: Manager, master: str, region: str) -> tuple[str, int]:
    """Begin to create a disaster-recovery instance of a master that runs; its id and the operation's."""
    followed = regular(manager, master)
    manager.require_idle(master)
    _require_running(followed)
    _require_preconditions(manager, followed)
    topology, store = manager.work.settings.inventory.topology, manager.work.store
    with manager.placing:
        not_in = manager.region(followed) if manager.work.settings.decisions.refuses_same_region else ""
        nodes = place_disaster_recovery(topology, store.taken_nodes(), region, not_in)
        record = InstanceRecord(
            id=new_id(),
            edition=Edition.HIGH_AVAILABILITY,
            state=State.CREATING,
            reason="",
            address=free_address(manager),
            created_at=now_utc(),
            protected=False,
            owner=followed.owner,
            reader=followed.reader,
            members=(Member(nodes[0].name, Role.PRIMARY), Member(nodes[1].name, Role.OUT)),
            type=InstanceType.DISASTER_RECOVERY,
            master=master,
            specification=followed.specification,
            settings=followed.settings,
            synchronization=Synchronization.UNSYNCHRONIZED,
        )
        return record.id, manager.add(record, OperationKind.CREATE_DISASTER_RECOVERY)


def begin_synchronization(manager: Manager, instance: str, name: str, tables: tuple[str, ...]) -> SynchronizationTask:
    """Verify source and destination, and put the task on record; the instance's keeper begins it at once."""
    record, store = recovering(manager, instance, relinking=True), manager.work.store
    decisions = manager.work.settings.decisions
    if not decisions.one_synchronization and (taken := tasks(manager, instance)):
        return taken[0]
    with manager.placing:
        _require_no_task(store.instance(instance))  # it has one for ever, whatever it is in the middle of
        manager.require_idle(instance)
        master = regular(manager, record.master or record.promoted_from)
        _require_running(master)
        _require_preconditions(manager, master)
        if decisions.requires_tables:
            _require_tables(manager, master, tables)
        if decisions.requires_empty and not record.promoted_from:
            _require_empty(manager, record)
        task = TaskRecord(store.tasks() + 1, name, master.id, tuple(dict.fromkeys(tables)))
        store.change(
            instance,
            task=task,
            type=InstanceType.DISASTER_RECOVERY,
            master=master.id,
            synchronization=Synchronization.COPYING,
            reason="",
        )
    store.note(instance, "synchronization-accepted", name)
    manager.wake(instance)
    return tasks(manager, instance)[0]


def tasks(manager: Manager, instance: str) -> tuple[SynchronizationTask, ...]:
    """The synchronization that was accepted, if one was."""
    record = manager.existing(instance)
    if record.task is None:
        return ()
    state, task = Synchronization(record.synchronization), record.task
    reason = f"instance {instance} was promoted" if state is Synchronization.BROKEN else record.reason
    view = SynchronizationTask(
        id=task.id,
        instance=instance,
        master=task.master,
        name=task.name,
        tables=task.tables if manager.work.settings.decisions.names_tables else (),
        state=state,
        progress=round(task.progress, 3),
        reason=reason,
        attempt=max(task.attempts, 1),
        notice=NO_LATER_ACCOUNTS if task.tables else "",
    )
    return (view,)


def verify(manager: Manager, instance: str) -> int:
    """Begin to compare an instance with its master; the operation's id."""
    record = recovering(manager, instance, relinking=False)
    _require_link(manager, record)
    return manager.begin(instance, OperationKind.VERIFY, {})


def switch_back(manager: Manager, instance: str, confirm: str) -> int:
    """Begin to have an instance take its living master's place; the operation's id."""
    record = recovering(manager, instance, relinking=False)
    require_confirmation(manager, instance, confirm)
    _require_link(manager, record)
    manager.require_idle(record.master)
    return manager.begin(instance, OperationKind.SWITCH_BACK, {})


def _require_link(manager: Manager, record: InstanceRecord) -> None:
    if record.synchronization in NOTHING_TO_PROMOTE:
        sentence = f"instance {record.id} is {record.synchronization or 'unsynchronized'}: there is nothing to compare"
        raise Refusal(Code.NEVER_SYNCHRONIZED, sentence)
    if record.synchronization != Synchronization.SYNCHRONIZING or record.state is not State.RUNNING:
        sentence = f"instance {record.id} does not follow its master now ({record.reason}); ask again when it does"
        raise Refusal(Code.NOT_RUNNING, sentence)
    _require_running(manager.work.store.instance(record.master))


def require_confirmation(manager: Manager, instance: str, confirm: str) -> None:
    """Raise Refusal where the instance was not named once more."""
    if manager.work.settings.decisions.confirms_promotion and confirm != instance:
        sentence = f"its link is broken for ever by this; name the instance, {instance}, in confirm to go on"
        raise Refusal(Code.CONFIRMATION_MISSING, sentence)


def recovering(manager: Manager, instance: str, *, relinking: bool) -> InstanceRecord:
    """The record of an instance that is there for disaster recovery, and was not promoted; raises Refusal."""
    record, decisions = manager.existing(instance), manager.work.settings.decisions
    refused = decisions.never_relinks if relinking else decisions.promotes_once
    if record.promoted_from and refused:
        sentence = (
            f"instance {instance} was promoted in place of {record.promoted_from}; its link is broken for ever. "
            "Create a new disaster-recovery instance that follows this one instead"
        )
        raise Refusal(Code.PROMOTED_FOR_GOOD, sentence)
    if record.type is not InstanceType.DISASTER_RECOVERY and not record.promoted_from:
        sentence = f"instance {instance} is {record.type}, not one for disaster recovery; create one that follows it"
        raise Refusal(Code.NOT_DISASTER_RECOVERY, sentence)
    return record


def _require_running(master: InstanceRecord) -> None:
    if master.state is not State.RUNNING:
        sentence = f"the master {master.id} is {master.state} ({master.reason}); ask again when it runs"
        raise Refusal(Code.NOT_RUNNING, sentence)


def _require_preconditions(manager: Manager, master: InstanceRecord) -> None:
    with _primary(manager, master) as primary:
        seen = recovery.preconditions(primary)
    require_link(master.id, seen.version, seen.gtid_mode, manager.work.settings.decisions)


def _require_no_task(record: InstanceRecord) -> None:
    if record.task is not None and not record.promoted_from:
        sentence = f"instance {record.id} has a synchronization already, '{record.task.name}'; it has one, for ever"
        raise Refusal(Code.SYNCHRONIZATION_EXISTS, sentence)


def _require_tables(manager: Manager, master: InstanceRecord, tables: tuple[str, ...]) -> None:
    with _primary(manager, master) as primary:
        there = {str(row["name"]) for row in primary.rows(recovery.USER_TABLES)}
    if missing := [table for table in tables if table not in there]:
        sentence = f"the master {master.id} has no table {', '.join(missing)}; name tables as schema.table"
        raise Refusal(Code.NO_SUCH_TABLE, sentence)


def _require_empty(manager: Manager, record: InstanceRecord) -> None:
    with _asking(manager, record.front, f"the server of instance {record.id}") as front:
        schemas = [str(row["name"]) for row in front.rows(recovery.USER_SCHEMAS)]
    if schemas:
        sentence = f"instance {record.id} holds data already: {', '.join(schemas)}; release it and create another one"
        raise Refusal(Code.DESTINATION_NOT_EMPTY, sentence)


def _primary(manager: Manager, master: InstanceRecord) -> AbstractContextManager[Session]:
    return _asking(manager, master.primary, f"the primary of the master {master.id}")


@contextmanager
def _asking(manager: Manager, node: str, who: str) -> Iterator[Session]:
    """A server is asked within; raises Refusal instead of SqlError."""
    try:
        with manager.work.server(node) as server:
            yield server
    except SqlError as error:
        raise Refusal(Code.NOT_RUNNING, f"{who} on {node} does not answer ({error}); ask again later") from error
