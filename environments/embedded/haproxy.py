"""HAProxy's configuration: the address that survives a switch, and a second look at every server."""

from pathlib import Path

from hadrill.environments.embedded.network import NetworkPlan
from hadrill.harness.model.instance import Endpoint
from hadrill.harness.model.topology import ADDRESS, Link, Topology

WATCH = "watch"

_HEAD = """\
global
    maxconn 400
    nbthread 1
    stats socket {control} mode 600 level admin
    stats timeout 10s

defaults
    mode tcp
    timeout connect 2s
    timeout queue 1s
    timeout client 24h
    timeout server 24h
    retries 0
"""


def backend_name(slot: int) -> str:
    """The backend of an address slot, as the runtime API calls it."""
    return f"{ADDRESS}-{slot}"


def haproxy_config(topology: Topology, plan: NetworkPlan, control: Path) -> str:
    """The whole configuration.

    Each address slot has a backend with every node in it, all in maintenance: the manager opens exactly one by the
    runtime API (``set server address-0/a1 state ready``), and no health check ever moves clients by itself. The backend
    ``watch`` carries nobody's traffic; it only looks whether each server greets.

    Args:
        control: path of the Unix socket for the runtime API.
    """
    routes = {proxy.link: proxy.listen for proxy in plan.proxies}
    ways = [(node.name, routes[Link(ADDRESS, node.name)]) for node in topology.nodes]
    slots = [_slot(slot, frontend, ways) for slot, frontend in enumerate(plan.frontends)]
    return "\n".join([_HEAD.format(control=control), *slots, _watch(ways)])


def _slot(slot: int, frontend: Endpoint, ways: list[tuple[str, Endpoint]]) -> str:
    name = backend_name(slot)
    servers = "".join(f"    server {node} {way} disabled\n" for node, way in ways)
    return f"frontend in-{name}\n    bind {frontend}\n    default_backend {name}\n\nbackend {name}\n{servers}"


def _watch(ways: list[tuple[str, Endpoint]]) -> str:
    """A MySQL greeting is three bytes of length, one of sequence (0), and the protocol's version (10)."""
    servers = "".join(f"    server {node} {way} check\n" for node, way in ways)
    return (
        f"backend {WATCH}\n    option tcp-check\n    tcp-check expect rbinary ^.{{6}}000A\n    timeout check 500ms\n"
        f"    default-server inter 200ms fall 2 rise 1\n{servers}"
    )
