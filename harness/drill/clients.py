"""The standard load of a scenario (pure): who connects where, as whom, how often."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from hadrill.harness.model.instance import Account, Endpoint, Instance, Role
from hadrill.harness.model.inventory import Inventory
from hadrill.harness.model.operation import Way
from hadrill.harness.model.topology import CLIENT
from hadrill.harness.workload.client_settings import client_settings
from hadrill.harness.workload.profile import Profile, load_profile
from hadrill.harness.workload.settings import LoadSettings

CALL_MS: Final = 100
"""How often each account calls at a disaster-recovery instance: when it takes its first write is known as closely."""


@dataclass(frozen=True, slots=True)
class LoadPlan:
    """What load a scenario wants on an instance.

    Attributes:
        profile: mix and rate.
        auditor: the judge's account, with which the secondary is read at its own port; None leaves that reader out.
        read_only: the read-only instances that follow the instance, each with an account that may read there.
        recovery: the disaster-recovery instances of it, each with the accounts that its customer was given.
        joining: nodes that may become the instance's while the load runs, where they are not that already; they are
            knocked at from the beginning.
        key_block: its own among the loads of one scenario, so that they share no key.
        seed: what is random follows from it.
    """

    profile: Profile = field(default_factory=load_profile)
    auditor: Account | None = None
    read_only: tuple[tuple[Instance, Account], ...] = ()
    recovery: tuple[tuple[Instance, tuple[Account, ...]], ...] = ()
    joining: tuple[str, ...] = ()
    key_block: int = 0
    seed: int = 0


def standard_load(
    run_folder: Path,
    scenario: str,
    instance: Instance,
    inventory: Inventory,
    accounts: tuple[Account, ...],
    plan: LoadPlan | None = None,
) -> LoadSettings:
    """The clients at the address, beside each server and at its door, at each instance that follows it.

    Args:
        run_folder: the run's.
        scenario: names the load and its segments.
        instance: at rest.
        inventory: of the topology that it stands in.
        accounts: all that the customer was given, the owner first; each visits each server.
        plan: what is wanted beside; hadrill's own profile on the instance alone where there is none.
    """
    plan = plan or LoadPlan()
    own = tuple(dict.fromkeys((*(member.node for member in instance.members), *plan.joining)))
    following = (*(each for each, _ in plan.read_only), *(each for each, _ in plan.recovery))
    nodes = (*own, *(member.node for each in following for member in each.members))
    index = {node: place for place, node in enumerate(nodes)}
    clients = _writers(instance, accounts[0], plan.profile)
    watched = tuple(str(client["name"]) for client in clients)
    clients += _others(instance, accounts[0])
    for node in own:
        clients += _at_server(node, index[node], inventory, accounts)
    for each, account in plan.read_only:
        clients += _at_read_only(each, account, index, accounts)
    for each, theirs in plan.recovery:
        clients += _at_recovery(each, theirs)
    looks = {"kind": "reader", "watches": watched, **plan.profile.readers.model_dump()}
    clients += [reader | looks for reader in _readers(instance, inventory, accounts[0], index, plan)]
    return LoadSettings(
        run_folder=run_folder,
        scenario=scenario,
        segment_prefix=f"operations/{scenario}",
        servers={number: index[node] for node, number in inventory.server_ids if node in index},
        nodes=nodes,
        clients=tuple(client_settings(client) for client in clients),
        key_block=plan.key_block,
        seed=plan.seed,
    )


_Fields = dict[str, Any]


def _writers(instance: Instance, owner: Account, profile: Profile) -> list[_Fields]:
    """Those whose rows readers look for, the plain writers first: a visitor reads the ledger's first row."""
    address = _at(instance.address, Way.ADDRESS, owner)
    writers, transfers, large, batches = profile.writers, profile.transfers, profile.large, profile.batches
    return [
        *_several("writer", writers.count, address | {"pace_ms": writers.pace_ms}),
        {"kind": "heart", "name": "heart", "pace_ms": profile.heart.pace_ms, **address},
        *_several("transfer", transfers.count, address | {"pace_ms": transfers.pace_ms}),
        *_several("large", large.count, address | {"pace_ms": large.pace_ms, "body_bytes": large.kib * 1024}),
        *_several("batch", batches.count, address | {"pace_ms": batches.pace_ms, "rows": batches.rows}),
    ]


def _several(kind: str, count: int, fields: _Fields) -> Iterable[_Fields]:
    return ({"kind": kind, "name": f"{kind}-{number + 1}", **fields} for number in range(count))


def _others(instance: Instance, owner: Account) -> list[_Fields]:
    """At the address, a client without a reconnection and a guest."""
    address = _at(instance.address, Way.ADDRESS, owner)
    return [
        {"kind": "stubborn", "name": "stubborn", **address},
        {"kind": "visitor", "name": "guest", "writes": False, **address},
    ]


def _at_server(node: str, server: int, inventory: Inventory, accounts: tuple[Account, ...]) -> list[_Fields]:
    """Beside a server a witness, and at its door every account."""
    witness = _at(inventory.server(node), Way.RACK, accounts[0], server)
    door = inventory.route(CLIENT, node)
    return [
        {"kind": "witness", "name": f"witness-{node}", **witness},
        *(
            {"kind": "visitor", "name": f"visitor-{node}-{account.user}", **_at(door, Way.NODE, account, server)}
            for account in accounts
        ),
    ]


def _at_read_only(
    instance: Instance, account: Account, index: dict[str, int], accounts: tuple[Account, ...]
) -> list[_Fields]:
    """At a read-only instance's address its own account and the customer's, who all try to write too."""
    node = instance.members[0].node
    users = {each.user: each for each in (*accounts, account)}
    return [
        {
            "kind": "visitor",
            "name": f"intruder-{node}-{user}",
            **_at(instance.address, Way.READ_ONLY, each, index[node]),
        }
        for user, each in users.items()
    ]


def _at_recovery(instance: Instance, accounts: tuple[Account, ...]) -> list[_Fields]:
    """At a disaster-recovery instance's address every account tries to read and to write, before it may and after."""
    return [
        {
            "kind": "visitor",
            "name": f"caller-{account.user}",
            "pace_ms": CALL_MS,
            **_at(instance.address, Way.RECOVERY, account),
        }
        for account in accounts
    ]


def _readers(
    instance: Instance, inventory: Inventory, owner: Account, index: dict[str, int], plan: LoadPlan
) -> list[_Fields]:
    """At the address, at the secondary's own port past every link, and at each read-only instance's address."""
    readers = [{"name": "reader-address", **_at(instance.address, Way.ADDRESS, owner)}]
    if plan.auditor is not None:
        readers += [
            {"name": f"reader-{node}", **_at(inventory.server(node), Way.RACK, plan.auditor, index[node])}
            for node in instance.having(Role.SECONDARY)
        ]
    readers += [
        {"name": f"reader-{node}", **_at(each.address, Way.READ_ONLY, account, index[node])}
        for each, account in plan.read_only
        for node in [each.members[0].node]
    ]
    readers += [
        {"name": "reader-recovery", **_at(each.address, Way.RECOVERY, theirs[0])} for each, theirs in plan.recovery
    ]
    return readers


def _at(endpoint: Endpoint, way: Way, account: Account, server: int | None = None) -> _Fields:
    return {
        "way": way,
        "host": endpoint.host,
        "port": endpoint.port,
        "user": account.user,
        "password": account.password,
        "server": server,
    }
