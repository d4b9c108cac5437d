"""HAProxy's configuration."""

from pathlib import Path

from hadrill.environments.embedded.haproxy import haproxy_config
from hadrill.environments.embedded.network import plan_network
from hadrill.environments.embedded.settings import load_settings
from hadrill.environments.topology_file import load_topology
from hadrill.harness.model.topology import Link

TOPOLOGY = load_topology("ha").topology
PLAN = plan_network(TOPOLOGY, "127.83.7", load_settings())
SECTIONS = dict(
    section.partition("\n")[::2] for section in haproxy_config(TOPOLOGY, PLAN, Path("/w/control")).split("\n\n")
)


def test_an_address_has_every_node_and_all_are_closed() -> None:
    """Only the manager opens one; until then nobody gets through."""
    servers = [line.split() for line in SECTIONS["backend address-0"].splitlines() if "server" in line]
    assert [(words[1], words[3]) for words in servers] == [(name, "disabled") for name in ("a1", "a2", "b1")]


def test_no_health_check_moves_clients() -> None:
    """A check that takes a server out would be a second manager."""
    assert "check" not in SECTIONS["backend address-0"]


def test_the_address_reaches_nodes_over_its_links() -> None:
    """A link from the address to a node can be cut like any other."""
    routes = {proxy.link: proxy.listen for proxy in PLAN.proxies}
    assert f"server b1 {routes[Link('address', 'b1')]} " in SECTIONS["backend address-0"]


def test_the_watch_expects_a_greeting() -> None:
    """A connect alone always succeeds through Toxiproxy; the protocol's version at the fifth byte tells."""
    assert "tcp-check expect rbinary ^.{6}000A" in SECTIONS["backend watch"]
    assert SECTIONS["backend watch"].count(" check\n") == len(TOPOLOGY.nodes)


def test_the_control_socket_is_for_this_user_alone() -> None:
    """Whoever may write to it moves every client."""
    assert "stats socket /w/control mode 600 level admin" in SECTIONS["global"]
