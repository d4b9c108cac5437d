"""The standard load of a scenario (pure): who connects where, as whom."""

from pathlib import Path

from hadrill.harness.model.instance import Account, Instance
from hadrill.harness.model.inventory import Inventory
from hadrill.harness.model.operation import Way
from hadrill.harness.model.topology import CLIENT
from hadrill.harness.workload.settings import (
    ClientSettings,
    LoadSettings,
    StubbornSettings,
    VisitorSettings,
    WitnessSettings,
    WriterSettings,
)

WRITERS = 4


def standard_load(
    run_folder: Path, scenario: str, instance: Instance, inventory: Inventory, accounts: tuple[Account, ...]
) -> LoadSettings:
    """At the address writers, a client without a reconnection and a guest; at each server a witness and visitors.

    Args:
        accounts: all that the customer was given, the owner first; each visits each server.
    """
    owner = accounts[0]
    nodes = tuple(member.node for member in instance.members)
    index = {node: place for place, node in enumerate(nodes)}
    address = {"way": Way.ADDRESS, "host": instance.address.host, "port": instance.address.port, **_as(owner)}
    clients: list[ClientSettings] = [
        WriterSettings.model_validate({"name": f"writer-{k + 1}", **address}) for k in range(WRITERS)
    ]
    clients.append(StubbornSettings.model_validate({"name": "stubborn", **address}))
    clients.append(VisitorSettings.model_validate({"name": "guest", "writes": False, **address}))
    for node in nodes:
        server, door = inventory.server(node), inventory.route(CLIENT, node)
        beside = {"way": Way.RACK, "host": server.host, "port": server.port, "server": index[node]}
        outside = {"way": Way.NODE, "host": door.host, "port": door.port, "server": index[node]}
        clients.append(WitnessSettings.model_validate({"name": f"witness-{node}", **beside, **_as(owner)}))
        clients += [
            VisitorSettings.model_validate({"name": f"visitor-{node}-{account.user}", **outside, **_as(account)})
            for account in accounts
        ]
    return LoadSettings(
        run_folder=run_folder,
        scenario=scenario,
        segment_prefix=f"operations/{scenario}",
        servers={number: index[node] for node, number in inventory.server_ids if node in index},
        clients=tuple(clients),
    )


def _as(account: Account) -> dict[str, str]:
    return {"user": account.user, "password": account.password}
