"""Asking for a switch."""

from hadrill.harness.model.instance import Edition, Role, State
from hadrill.harness.reference.manager import Manager
from hadrill.harness.reference.records import InstanceRecord, OperationKind
from hadrill.harness.reference.refusals import Code, Refusal


def switch(manager: Manager, instance: str) -> int:
    """Begin a switchover now; the operation's id."""
    record = switchable(manager, instance)
    manager.require_idle(instance)
    secondary = record.node(Role.SECONDARY)
    if not record.protected or secondary is None or record.state is not State.RUNNING:
        why = record.reason or record.state
        sentence = f"instance {instance} has no secondary that holds all data ({why}); wait until it has"
        raise Refusal(Code.NOT_PROTECTED, sentence)
    return manager.begin(instance, OperationKind.SWITCH, {"from": record.primary, "to": secondary})


def switchable(manager: Manager, instance: str) -> InstanceRecord:
    """The record of an instance that has, or should have, a second server; raises Refusal."""
    record = manager.existing(instance)
    if record.edition is Edition.BASIC:
        sentence = f"instance {instance} is of the basic edition, which has no secondary to switch to; upgrade it first"
        raise Refusal(Code.EDITION_HAS_NO_SECONDARY, sentence)
    return record
