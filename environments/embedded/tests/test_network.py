"""Who listens where."""

from hadrill.environments.embedded.network import plan_network, proxy_name
from hadrill.environments.embedded.settings import load_settings
from hadrill.environments.topology_file import load_topology
from hadrill.harness.model.instance import Endpoint
from hadrill.harness.model.topology import Link, links_of

TOPOLOGY = load_topology("drill").topology
PLAN = plan_network(TOPOLOGY, "127.83.7", load_settings())


def test_every_link_has_a_proxy_of_its_own() -> None:
    """No proxy is shared, so that each directed pair can be cut alone."""
    assert {proxy.link for proxy in PLAN.proxies} == set(links_of(TOPOLOGY))
    assert len({proxy.listen for proxy in PLAN.proxies}) == len(links_of(TOPOLOGY))
    assert len({proxy.name for proxy in PLAN.proxies}) == len(links_of(TOPOLOGY))


def test_nobody_listens_where_another_does() -> None:
    """All listeners are distinct and within the run's own network."""
    assert len(set(PLAN.listeners)) == len(PLAN.listeners)
    assert {endpoint.host.rpartition(".")[0] for endpoint in PLAN.listeners} == {"127.83.7"}


def test_servers_listen_on_one_port_each_on_its_own_address() -> None:
    """As they would on hosts of their own."""
    assert dict(PLAN.servers)["a1"] == Endpoint("127.83.7.11", 13306)
    assert {endpoint.port for _, endpoint in PLAN.servers} == {13306}


def test_server_ids_differ_and_none_is_zero() -> None:
    """A server with id 0 can neither be a source nor a replica."""
    assert sorted(number for _, number in PLAN.server_ids) == [1, 2, 3, 4, 5, 6]


def test_a_proxy_leads_to_its_links_target() -> None:
    """Links to nodes, addresses and racks' hosts end where these listen."""
    upstream = {proxy.link: proxy.upstream for proxy in PLAN.proxies}
    assert upstream[Link("b1", "a1")] == dict(PLAN.servers)["a1"]
    assert upstream[Link("client", "address:2")] == PLAN.frontends[2]
    assert upstream[Link("manager", "host:b-1")] == dict(PLAN.rack_hosts)["b-1"]


def test_the_inventory_routes_through_the_proxies() -> None:
    """What the service is told leads through the links, what the judge is told also past them."""
    inventory = PLAN.inventory(TOPOLOGY, "/run/control")
    listen = {proxy.link: proxy.listen for proxy in PLAN.proxies}
    assert inventory.route("manager", "a1") == listen[Link("manager", "a1")]
    assert inventory.server("a1") == dict(PLAN.servers)["a1"]


def test_a_proxys_name_fits_in_a_path() -> None:
    """Toxiproxy's API has it in the URL."""
    assert proxy_name(Link("manager", "host:a-1")) == "manager_to_host.a-1"
