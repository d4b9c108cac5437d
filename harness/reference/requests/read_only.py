"""Asking for a read-only instance."""

from hadrill.harness.model.instance import Edition, InstanceType, Member, Role, State
from hadrill.harness.model.topology import Node
from hadrill.harness.reference.manager import Manager
from hadrill.harness.reference.placement import place_read_only
from hadrill.harness.reference.records import InstanceRecord, OperationKind
from hadrill.harness.reference.refusals import Code, Refusal
from hadrill.harness.reference.requests.console import Feature, offered
from hadrill.harness.reference.requests.providing import free_address, new_id, now_utc
from hadrill.harness.reference.requests.switching import not_read_only


def create_read_only(manager: Manager, master: str, zone: str) -> tuple[str, int]:
    """Begin to create a read-only instance of a master that runs, or is being created; its id and the operation's."""
    with offered(manager, master, Feature.READ_ONLY), manager.placing:
        followed = not_read_only(manager, master)
        if followed.state is not State.CREATING:
            _require_running(manager, followed)
        record = InstanceRecord(
            id=new_id(),
            edition=Edition.BASIC,
            state=State.CREATING,
            reason="",
            address=free_address(manager),
            created_at=now_utc(),
            protected=False,
            owner=followed.owner,
            reader=followed.reader,
            members=(Member(_node(manager, followed, zone).name, Role.READ_ONLY),),
            type=InstanceType.READ_ONLY,
            master=master,
            specification=followed.specification,
            settings=followed.settings,
        )
        return record.id, manager.add(record, OperationKind.CREATE_READ_ONLY)


def _require_running(manager: Manager, master: InstanceRecord) -> None:
    manager.require_idle(master.id)
    if master.state is not State.RUNNING:
        sentence = f"instance {master.id} is {master.state} ({master.reason}); a read-only instance can follow it later"
        raise Refusal(Code.NOT_RUNNING, sentence)


def _node(manager: Manager, master: InstanceRecord, zone: str) -> Node:
    store, topology = manager.work.store, manager.work.settings.inventory.topology
    siblings = [store.instance(each) for each in store.read_only_of(master.id)]
    return place_read_only(
        topology,
        store.taken_nodes(),
        near=tuple(topology.node(member.node) for member in master.members),
        siblings=tuple(topology.node(member.node) for each in siblings for member in each.members),
        zone=zone,
    )
