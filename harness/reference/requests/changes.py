"""Asking for another edition, another size, or a restart with other settings."""

from hadrill.harness.model.instance import Edition, Member, Role, Specification, State
from hadrill.harness.reference.manager import Manager
from hadrill.harness.reference.operations.change import change_arguments
from hadrill.harness.reference.placement import place_second
from hadrill.harness.reference.records import InstanceRecord, OperationKind
from hadrill.harness.reference.refusals import Code, Refusal
from hadrill.harness.reference.requests.switching import regular
from hadrill.harness.reference.variables import ALLOWED, refused_settings


def change_specification(
    manager: Manager, instance: str, edition: Edition | None, specification: Specification | None
) -> int:
    """Begin to change edition or size, one at a time; the operation's id."""
    manager.require_idle(instance)
    record = regular(manager, instance)
    other_edition = edition not in (None, record.edition)
    other_size = specification not in (None, record.specification)
    if other_edition == other_size:
        what = "edition and size are changed one at a time" if other_edition else "that is what it has already"
        raise Refusal(Code.INVALID_REQUEST, f"instance {instance} is not changed: {what}")
    if other_edition:
        return _upgrade(manager, record) if edition is Edition.HIGH_AVAILABILITY else _downgrade(manager, record)
    return _change(manager, record, specification or record.specification, record.settings)


def restart(manager: Manager, instance: str, settings: dict[str, str]) -> int:
    """Begin to restart every server with these settings beside those that were made before; the operation's id."""
    manager.require_idle(instance)
    record = regular(manager, instance)
    if wrong := refused_settings(settings):
        sentence = f"instance {instance} is not restarted: {'; '.join(wrong)}; what can be set: {', '.join(ALLOWED)}"
        raise Refusal(Code.SETTING_NOT_ALLOWED, sentence)
    return _change(manager, record, record.specification, record.settings | settings)


def _upgrade(manager: Manager, record: InstanceRecord) -> int:
    _require_running(record)
    topology = manager.work.settings.inventory.topology
    with manager.placing:
        node = place_second(topology, manager.work.store.taken_nodes(), topology.node(record.primary)).name
        return manager.begin(record.id, OperationKind.UPGRADE, {"node": node}, joins=Member(node, Role.OUT))


def _downgrade(manager: Manager, record: InstanceRecord) -> int:
    other = next(member.node for member in record.members if member.role is not Role.PRIMARY)
    if not manager.work.settings.decisions.refuses_downgrade:
        return manager.begin(record.id, OperationKind.DISMISS, {"node": other})
    sentence = (
        f"instance {record.id} cannot become one of the basic edition; create a basic instance, migrate the data to "
        "it, and release this one"
    )
    raise Refusal(Code.DOWNGRADE, sentence)


def _change(manager: Manager, record: InstanceRecord, specification: Specification, settings: dict[str, str]) -> int:
    _require_running(record)
    arguments = change_arguments(record, specification, settings)
    pair = record.edition is Edition.HIGH_AVAILABILITY
    if not (pair and manager.work.settings.decisions.rolls_changes):
        return manager.begin(record.id, OperationKind.CHANGE, arguments)
    secondary = record.node(Role.SECONDARY)
    if secondary is None or not record.protected:
        sentence = f"instance {record.id} has no secondary that holds all data ({record.reason}); wait until it has"
        raise Refusal(Code.NOT_PROTECTED, sentence)
    servers = {"from": record.primary, "to": secondary}
    return manager.begin(record.id, OperationKind.ROLLING_CHANGE, servers | arguments)


def _require_running(record: InstanceRecord) -> None:
    if record.state is not State.RUNNING:
        sentence = f"instance {record.id} is {record.state} ({record.reason}); it can be changed while it runs"
        raise Refusal(Code.NOT_RUNNING, sentence)
