"""Having the address answer at another port: that of an address which nobody was given."""

from hadrill.harness.model.topology import ADDRESS, CLIENT
from hadrill.harness.reference.manager import Manager
from hadrill.harness.reference.records import InstanceRecord, OperationKind
from hadrill.harness.reference.refusals import Code, Refusal
from hadrill.harness.reference.requests.console import Feature, console, require_running


def offered_ports(manager: Manager, instance: str) -> tuple[int, ...]:
    """The ports that can be had at this moment, on the host that the address is at."""
    with console(manager, instance, Feature.PORT) as record:
        return tuple(_offered(manager, record))


def change_port(manager: Manager, instance: str, port: int) -> int:
    """Begin to move the address, which cuts its clients off; the operation's id."""
    with console(manager, instance, Feature.PORT) as record, manager.placing:
        require_running(record)
        offered = _offered(manager, record)
        if port not in offered:
            ports = ", ".join(map(str, offered)) or "none at this moment"
            sentence = f"port {port} is not offered to instance {instance}; offered: {ports}"
            raise Refusal(Code.PORT_NOT_OFFERED, sentence)
        arguments = {"from": str(record.address), "to": str(offered[port]), "reason": record.reason}
        return manager.begin(instance, OperationKind.CHANGE_PORT, arguments)


def _offered(manager: Manager, record: InstanceRecord) -> dict[int, int]:
    """Addresses by the port that they are at."""
    inventory, taken = manager.work.settings.inventory, manager.work.store.taken_addresses()
    host = inventory.route(CLIENT, f"{ADDRESS}:{record.address}").host
    free = [slot for slot in range(inventory.topology.addresses) if slot not in taken]
    ways = {slot: inventory.route(CLIENT, f"{ADDRESS}:{slot}") for slot in free}
    return {way.port: slot for slot, way in ways.items() if way.host == host}
