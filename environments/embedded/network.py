"""Who listens where within a run's own loopback network: pure arithmetic, so that it can be printed and tested."""

from dataclasses import dataclass

from hadrill.environments.embedded.settings import EmbeddedSettings
from hadrill.harness.model.instance import Endpoint
from hadrill.harness.model.inventory import Inventory, Route
from hadrill.harness.model.topology import ADDRESS, Link, Topology, host_of, links_of

_PROXIES, _ADDRESSES, _HOSTS, _MANAGER, _FIRST_NODE = 1, 2, 3, 4, 11


@dataclass(frozen=True, slots=True)
class PlannedProxy:
    """One link's proxy: its name, where it listens and what it leads to."""

    link: Link
    name: str
    listen: Endpoint
    upstream: Endpoint


@dataclass(frozen=True, slots=True)
class NetworkPlan:
    """Every endpoint of a run.

    Attributes:
        toxiproxy: Toxiproxy's API.
        control: where the harness reaches the room.
        manager: free for the drilled service's manager to listen on.
        rack_hosts: by rack, where the manager's links to the racks' hosts end.
        frontends: where the address's HAProxy listens, one per address slot.
        servers: by node, where its database server listens.
    """

    network: str
    toxiproxy: Endpoint
    control: Endpoint
    manager: Endpoint
    rack_hosts: tuple[tuple[str, Endpoint], ...]
    frontends: tuple[Endpoint, ...]
    servers: tuple[tuple[str, Endpoint], ...]
    server_ids: tuple[tuple[str, int], ...]
    proxies: tuple[PlannedProxy, ...]

    @property
    def listeners(self) -> tuple[Endpoint, ...]:
        """All that something will listen on; each must be free."""
        ours = (self.toxiproxy, self.control, self.manager, *self.frontends)
        hosts = tuple(endpoint for _, endpoint in (*self.rack_hosts, *self.servers))
        return (*ours, *hosts, *(proxy.listen for proxy in self.proxies))

    def inventory(self, topology: Topology, address_control: str) -> Inventory:
        """What the service and the judge are told of it."""
        return Inventory(
            topology=topology,
            routes=tuple(Route(proxy.link, proxy.listen) for proxy in self.proxies),
            servers=self.servers,
            server_ids=self.server_ids,
            address_control=address_control,
        )


def plan_network(topology: Topology, network: str, settings: EmbeddedSettings) -> NetworkPlan:
    """Lay a topology out in one /24.

    Args:
        network: its first three numbers, for example ``127.83.12``.
    """
    hosts, control = f"{network}.{_HOSTS}", settings.control_base_port
    rack_hosts = tuple((rack, Endpoint(hosts, control + 1 + k)) for k, rack in enumerate(topology.racks))
    frontends = tuple(Endpoint(f"{network}.{_ADDRESSES}", settings.base_port + k) for k in range(topology.addresses))
    servers = tuple(
        (node.name, Endpoint(f"{network}.{_FIRST_NODE + k}", settings.base_port))
        for k, node in enumerate(topology.nodes)
    )
    return NetworkPlan(
        network=network,
        toxiproxy=Endpoint(f"{network}.{_PROXIES}", control),
        control=Endpoint(hosts, control),
        manager=Endpoint(f"{network}.{_MANAGER}", control),
        rack_hosts=rack_hosts,
        frontends=frontends,
        servers=servers,
        server_ids=tuple((node.name, k + 1) for k, node in enumerate(topology.nodes)),
        proxies=_proxies(topology, _targets(rack_hosts, frontends, servers), f"{network}.{_PROXIES}", settings),
    )


def proxy_name(link: Link) -> str:
    """The name of a link's proxy; no two links share one, since node and rack names hold neither ``_`` nor ``.``."""
    return f"{link.source}_to_{link.target}".replace(":", ".")


def _targets(
    rack_hosts: tuple[tuple[str, Endpoint], ...],
    frontends: tuple[Endpoint, ...],
    servers: tuple[tuple[str, Endpoint], ...],
) -> dict[str, Endpoint]:
    hosts = {host_of(rack): endpoint for rack, endpoint in rack_hosts}
    return hosts | {f"{ADDRESS}:{k}": endpoint for k, endpoint in enumerate(frontends)} | dict(servers)


def _proxies(
    topology: Topology, targets: dict[str, Endpoint], host: str, settings: EmbeddedSettings
) -> tuple[PlannedProxy, ...]:
    return tuple(
        PlannedProxy(link, proxy_name(link), Endpoint(host, settings.proxy_base_port + k), targets[link.target])
        for k, link in enumerate(links_of(topology))
    )
