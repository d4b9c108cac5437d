"""What a scenario leaves for the next one: an instance that is as it was, checked, not assumed (design decision 15)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from hadrill.harness.drill.portraits import portray
from hadrill.harness.drill.stage import Stage
from hadrill.harness.engines.mysql import statements as sql
from hadrill.harness.engines.mysql.session import Session
from hadrill.harness.model.instance import Account, Endpoint, Instance, MaintenancePeriod, Member, Role, State
from hadrill.harness.model.portrait import Portrait
from hadrill.harness.workload.process import LoadProcess

GO_WITH_THE_ROLE: Final = ("gtid_", "rpl_semi_sync_")
"""What variables are called whose values follow from who is primary, and since when."""

GO_WITH_THE_COURSE: Final = frozenset(
    {
        "read_only",
        "super_read_only",
        "offline_mode",
        "server_uuid",
        "init_file",
        "clone_valid_donor_list",
        "clone_donor_timeout_after_network_failure",
        "rpl_stop_replica_timeout",
        "rpl_stop_slave_timeout",
    }
)
"""Others whose values follow from that, or from having been started again, copied anew or told to stop replicating."""


@dataclass(frozen=True, slots=True)
class ServerLook:
    """A server.

    Attributes:
        portrait: as the judge sees it.
        databases, accounts: all that it has.
        variables: its global ones, but for those that go with its role or with how it came to it.
    """

    portrait: Portrait
    databases: frozenset[str]
    accounts: frozenset[str]
    variables: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Look:
    """All that a scenario can have changed, as it is at one moment.

    Attributes:
        instances: as the service describes all that it has; neither roles nor reasons.
        processes: by node, the state of its server's process.
        links: each that is not bare, with what it carries.
        servers: of the instances that it is about, by node.
    """

    instances: tuple[Instance, ...]
    processes: Mapping[str, str]
    links: tuple[str, ...]
    servers: Mapping[str, ServerLook]

    @property
    def ids(self) -> frozenset[str]:
        """Of all instances."""
        return frozenset(instance.id for instance in self.instances)

    @property
    def primary(self) -> tuple[str, ...]:
        """Where servers take writes."""
        return tuple(node for node, server in self.servers.items() if server.portrait.writable)

    @property
    def databases(self) -> frozenset[str]:
        """What servers have."""
        return frozenset[str]().union(*(server.databases for server in self.servers.values()))


@dataclass(frozen=True, slots=True)
class Standing:
    """An instance that stands, with nobody's data in it, and what follows it.

    Attributes:
        left_by: the id of the scenario that left it.
        first: how all was when it was new.
        instance: as the service describes it now.
        recovery: likewise, a disaster-recovery pair that follows it; None where there is none.
        load: the process of the next one, at rest or new.
        told: the number of the last event that the service has told.
    """

    left_by: str
    first: Look
    instance: Instance
    recovery: Instance | None
    load: LoadProcess
    told: int

    def give_up(self) -> None:
        """Nobody will begin with it."""
        self.load.kill()


def look_over(stage: Stage, *instances: Instance) -> Look:
    """Look at all of a stage with these instances, and at what the service says of it.

    Raises:
        HarnessTrouble: something did not answer.
        SqlError: a server did not.
    """
    site, auditor = stage.site, stage.service.auditor()
    nodes = sorted(member.node for instance in instances for member in instance.members)
    return Look(
        instances=tuple(_without_roles(each) for each in stage.service.instances()),
        processes={node.name: site.nodes.state(node.name).state for node in site.inventory.topology.nodes},
        links=tuple(f"{link} carries {state}" for link, state in site.links.states().items() if not state.is_bare),
        servers={node: _look_at(node, site.inventory.server(node), auditor) for node in nodes},
    )


def said_otherwise(first: Look, said: Iterable[Instance]) -> bool:
    """Whether the service says for good something else of its instances than when all was new (pure).

    That one is not protected, or that a link is broken, may pass; others that came since can be given back, and a
    maintenance period can be set back.
    """
    own = [_but_for_what_passes(each) for each in said if each.id in first.ids]
    return [_but_for_what_passes(each) for each in first.instances] != own


def what_changed(first: Look, now: Look) -> str:
    """What is not as it was when the instance was new, in words; empty where all is (pure)."""
    return ", ".join((*_differences(first, now), *_unrest(now)))


def _differences(first: Look, now: Look) -> Iterator[str]:
    if first.instances != now.instances:
        yield "what the service says of its instances"
    if first.processes != now.processes:
        yield "which servers run"
    if first.links != now.links:
        yield f"links ({', '.join(now.links)})"
    if first.servers.keys() != now.servers.keys():
        yield "where servers run"
        return
    if first.primary != now.primary:
        yield f"who takes writes ({', '.join(now.primary) or 'nobody'})"
    for node, new in now.servers.items():
        old = first.servers[node]
        names = old.variables.keys() | new.variables.keys()
        if unlike := sorted(name for name in names if old.variables.get(name) != new.variables.get(name)):
            yield f"settings of {node} ({', '.join(unlike)})"
        if old.databases != new.databases or old.accounts != new.accounts:
            yield f"the databases and accounts of {node}"


def _unrest(now: Look) -> Iterator[str]:
    """What a pair at rest has not, whatever it was like when it was new."""
    portraits = [server.portrait for server in now.servers.values()]
    if not all(each.protected and each.state is State.RUNNING for each in now.instances if not each.master):
        yield "it is not protected"
    if len({portrait.executed for portrait in portraits}) != 1:
        yield "the servers have different transactions"


def _without_roles(instance: Instance) -> Instance:
    nodes = sorted(member.node for member in instance.members)
    return replace(instance, members=tuple(Member(node, Role.SECONDARY) for node in nodes), reason="")


def _but_for_what_passes(instance: Instance) -> Instance:
    alone = replace(_without_roles(instance), read_only=(), disaster_recovery=())
    return replace(alone, state=State.RUNNING, protected=True, synchronization="", maintenance=MaintenancePeriod())


def _look_at(node: str, endpoint: Endpoint, auditor: Account) -> ServerLook:
    with Session(endpoint, auditor) as server:
        return ServerLook(
            portrait=portray(node, endpoint, auditor),
            databases=frozenset(str(row["name"]) for row in server.rows(sql.DATABASES)),
            accounts=frozenset(str(row["name"]) for row in server.rows(sql.ACCOUNTS)),
            variables=dict(_not_of_a_role(server.rows(sql.VARIABLES))),
        )


def _not_of_a_role(rows: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    for row in rows:
        name = str(row["Variable_name"])
        if name not in GO_WITH_THE_COURSE and not name.startswith(GO_WITH_THE_ROLE):
            yield name, str(row["Value"])
