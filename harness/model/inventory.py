"""Where everything of a built topology can be reached, without secrets."""

from dataclasses import dataclass

from hadrill.harness.model.instance import Endpoint
from hadrill.harness.model.topology import Link, Topology


@dataclass(frozen=True, slots=True)
class Route:
    """Where a link's source connects to in order to reach its target: the listener of the link's own proxy."""

    link: Link
    through: Endpoint


@dataclass(frozen=True, slots=True)
class Inventory:
    """A built topology as the service and the judge are told of it.

    Attributes:
        routes: one per link of the topology.
        servers: each node's own endpoint, past every link; where the server on it listens.
        server_ids: each node's ``server_id``, so that a client can tell which server answered it.
        address_control: path of the Unix socket at which the address takes runtime commands.
    """

    topology: Topology
    routes: tuple[Route, ...]
    servers: tuple[tuple[str, Endpoint], ...]
    server_ids: tuple[tuple[str, int], ...]
    address_control: str

    def route(self, source: str, target: str) -> Endpoint:
        """Where the source connects to in order to reach the target; raises KeyError."""
        return {route.link: route.through for route in self.routes}[Link(source, target)]

    def server(self, node: str) -> Endpoint:
        """The node's own endpoint, past every link; raises KeyError."""
        return dict(self.servers)[node]
