"""A rack's host: what the drilled service's manager may do with the nodes of one rack, and no others."""

from dataclasses import asdict

from hadrill.environments.embedded.room.body import Body, table_in, text_in
from hadrill.environments.embedded.room.http_api import Route
from hadrill.environments.embedded.room.nodes import Nodes
from hadrill.environments.embedded.room.refusal import Refusal

_NODE = r"/nodes/([^/]+)"


class RackHost:
    """The host of one rack."""

    def __init__(self, rack: str, nodes: Nodes) -> None:
        self._rack = rack
        self._nodes = nodes

    def routes(self) -> tuple[Route, ...]:
        """What it understands."""
        return (
            Route("GET", _NODE, self.show),
            Route("GET", f"{_NODE}/stored", self.stored),
            Route("PUT", _NODE, self.prepare),
            Route("DELETE", _NODE, self.wipe),
            Route("POST", f"{_NODE}/start", self.start),
            Route("POST", f"{_NODE}/stop", self.stop),
            Route("POST", f"{_NODE}/kill", self.kill),
        )

    def show(self, node: str, _body: Body) -> Body:
        """The node's state."""
        return asdict(self._nodes.state(self._ours(node)))

    def stored(self, node: str, _body: Body) -> Body:
        """How much its data directory takes on disk."""
        return {"bytes": self._nodes.stored_bytes(self._ours(node))}

    def prepare(self, node: str, _body: Body) -> Body:
        """Give it a data directory."""
        return asdict(self._nodes.prepare(self._ours(node)))

    def start(self, node: str, body: Body) -> Body:
        """Start its server; ``variables`` and ``init_sql`` are optional."""
        variables, init_sql = table_in(body, "variables", {}), text_in(body, "init_sql", "")
        return asdict(self._nodes.start(self._ours(node), variables, init_sql))

    def stop(self, node: str, _body: Body) -> Body:
        """Ask its server to end, and wait for it."""
        return asdict(self._nodes.stop(self._ours(node)))

    def kill(self, node: str, _body: Body) -> Body:
        """Kill its server; it may be started again at once."""
        return asdict(self._nodes.kill(self._ours(node)))

    def wipe(self, node: str, _body: Body) -> Body:
        """Kill its server and remove its data directory."""
        return asdict(self._nodes.wipe(self._ours(node)))

    def _ours(self, node: str) -> str:
        if self._nodes.place(node).rack != self._rack:
            raise Refusal(404, f"node {node!r} does not stand on rack {self._rack}")
        return node
