"""Asking for a switch, now or within the maintenance period."""

from collections.abc import Iterable, Mapping

from hadrill.harness.model.instance import Edition, InstanceType, MaintenancePeriod, Role, State
from hadrill.harness.reference.manager import Manager
from hadrill.harness.reference.operations.change import change_arguments
from hadrill.harness.reference.records import PROMOTED, InstanceRecord, OperationKind
from hadrill.harness.reference.refusals import Code, Refusal


def switch(manager: Manager, instance: str) -> int:
    """Begin a switchover now, with which a waiting one is done too; the operation's id."""
    manager.require_idle(instance)
    record = switchable(manager, instance)
    if record.edition is Edition.BASIC:
        arguments = change_arguments(record, record.specification, record.settings)
        return manager.begin(instance, OperationKind.CHANGE, arguments)
    if not manager.work.settings.decisions.switches_again and was_promoted(instance, manager.work.store.events()):
        raise Refusal(Code.BUSY, f"instance {instance} is in the middle of: {OperationKind.SWITCH}; ask again later")
    secondary = record.node(Role.SECONDARY)
    if not record.protected or secondary is None or record.state is not State.RUNNING:
        why = record.reason or record.state
        sentence = f"instance {instance} has no secondary that holds all data ({why}); wait until it has"
        raise Refusal(Code.NOT_PROTECTED, sentence)
    return manager.begin(instance, OperationKind.SWITCH, {"from": record.primary, "to": secondary})


def was_promoted(instance: str, events: Iterable[Mapping[str, object]]) -> bool:
    """Whether its primary is another one than at first."""
    return any(event["instance"] == instance and event["what"] == PROMOTED for event in events)


def put_off(manager: Manager, instance: str) -> None:
    """Have a switch wait for the maintenance period; within the period it begins at once.

    It waits on, within the period too, for as long as there is no secondary that holds all data.
    """
    store = manager.work.store
    with store.together():  # a switch that begins now comes before or after it
        manager.require_idle(instance)
        record = switchable(manager, instance)
        if record.switch_within is not None:
            sentence = f"a switch of instance {instance} waits already; take it back, or change the maintenance period"
            raise Refusal(Code.SWITCH_WAITS, sentence)
        store.change(instance, switch_within=record.maintenance)
        store.note(instance, "switch-put-off", f"to {record.maintenance.begins}")
    manager.wake(instance)


def take_back(manager: Manager, instance: str) -> None:
    """The waiting switch is not done."""
    store = manager.work.store
    with store.together():  # see put_off
        manager.require_idle(instance)
        if manager.existing(instance).switch_within is None:
            sentence = f"no switch of instance {instance} waits; there is nothing to take back"
            raise Refusal(Code.NO_SWITCH_WAITS, sentence)
        store.change(instance, switch_within=None)
        store.note(instance, "switch-taken-back")


def set_period(manager: Manager, instance: str, period: MaintenancePeriod) -> None:
    """Change the maintenance period; a waiting switch follows it."""
    store = manager.work.store
    with store.together():  # see put_off
        manager.require_idle(instance)
        waits = manager.existing(instance).switch_within is not None
        if waits and manager.work.settings.decisions.waiting_switch_follows_period:
            store.change(instance, maintenance=period, switch_within=period)
        else:
            store.change(instance, maintenance=period)
    manager.wake(instance)


def switchable(manager: Manager, instance: str) -> InstanceRecord:
    """The record of an instance that has, or should have, a second server; raises Refusal."""
    record = regular(manager, instance)
    if record.edition is Edition.BASIC and manager.work.settings.decisions.refuses_switch_on_basic:
        sentence = f"instance {instance} is of the basic edition, which has no secondary to switch to; upgrade it first"
        raise Refusal(Code.EDITION_HAS_NO_SECONDARY, sentence)
    manager.work.store.require_its_place(record, OperationKind.SWITCH)
    return record


def regular(manager: Manager, instance: str) -> InstanceRecord:
    """The record of an instance that follows no other one; raises Refusal."""
    record = manager.existing(instance)
    if record.type is InstanceType.DISASTER_RECOVERY:
        sentence = (
            f"instance {instance} is there for disaster recovery of {record.master}; that works once it is promoted"
        )
        raise Refusal(Code.NOT_ON_DISASTER_RECOVERY, sentence)
    return not_read_only(manager, instance)


def not_read_only(manager: Manager, instance: str) -> InstanceRecord:
    """The record of an instance that has a primary of its own; raises Refusal."""
    record = manager.existing(instance)
    if record.type is InstanceType.READ_ONLY:
        sentence = f"instance {instance} is read-only and goes with its master {record.master}; ask for that one's"
        raise Refusal(Code.IS_READ_ONLY, sentence)
    return record
