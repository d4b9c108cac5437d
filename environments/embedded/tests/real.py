"""What tests on real servers share: the parts of this machine, a small topology, a node that is up."""

import http.client
import json
import os
from collections.abc import Mapping
from typing import Any

from hadrill.environments.embedded.greeting import greets
from hadrill.environments.embedded.settings import EmbeddedSettings, load_settings
from hadrill.environments.embedded.site import EmbeddedSite, Parts, open_site
from hadrill.environments.parts.locate import locate_needed
from hadrill.environments.parts.progress import Quiet
from hadrill.environments.parts.settings import PartSettings
from hadrill.harness.model.instance import Account
from hadrill.harness.model.topology import Node, Topology, host_of
from hadrill.harness.wait import NotYet, until

TWO_RACKS = Topology(
    "two-racks", (Node("a1", "a-1", "zone-a", "north"), Node("b1", "b-1", "zone-b", "north")), addresses=1
)
OWNER = Account("owner", "owner-s3cret")
INIT_SQL = (
    "SET sql_log_bin=0;\n"
    f"CREATE USER {OWNER.user}@'127.%' IDENTIFIED BY '{OWNER.password}';\n"
    f"GRANT ALL ON *.* TO {OWNER.user}@'127.%';\n"
)
UP_S = 30.0


def find_parts() -> Parts:
    """The parts that ``make setup`` left."""
    mysql, haproxy, toxiproxy = locate_needed(PartSettings.from_environ(os.environ), Quiet())
    return Parts(mysql, haproxy.argv, toxiproxy.argv)


def settings(namespaces: str = "auto") -> EmbeddedSettings:
    """Ours, with or without namespaces."""
    return load_settings().model_copy(update={"namespaces": namespaces})


def two_racks(namespaces: str = "auto") -> EmbeddedSite:
    """A site with a node on each of two racks, neither of them started."""
    return open_site(TWO_RACKS, find_parts(), settings(namespaces))


def ask_host(
    site: EmbeddedSite, rack: str, method: str, path: str, body: Mapping[str, object] | None = None, token: str = ""
) -> tuple[int, dict[str, Any]]:
    """One request to a rack's host over the manager's link; status and answer."""
    way = site.inventory.route("manager", host_of(rack))
    connection = http.client.HTTPConnection(way.host, way.port, timeout=UP_S)
    try:
        headers = {"Authorization": f"Bearer {token or site.rack_token}"}
        connection.request(method, path, json.dumps(body or {}), headers)
        response = connection.getresponse()
        return response.status, json.loads(response.read())
    finally:
        connection.close()


def start_node(site: EmbeddedSite, node: str, variables: Mapping[str, str] | None = None) -> None:
    """Prepare and start a node's server, and wait until it greets."""
    rack = site.inventory.topology.node(node).rack
    ask_host(site, rack, "PUT", f"/nodes/{node}")
    ask_host(site, rack, "POST", f"/nodes/{node}/start", {"variables": dict(variables or {}), "init_sql": INIT_SQL})
    await_greeting(site, node)


def await_greeting(site: EmbeddedSite, node: str) -> None:
    """Wait until a node's server greets at its own port."""
    way = site.inventory.server(node)

    def probe() -> bool | NotYet:
        greeting = greets(way.host, way.port, 1)
        return greeting.is_greeting or NotYet(greeting.seen)

    until(probe, f"{node} to greet", timeout_s=UP_S)
