"""Who connects where in the standard load of a scenario."""

from dataclasses import replace
from pathlib import Path

import pytest

from hadrill.harness.drill.clients import CALL_MS, LoadPlan, standard_load
from hadrill.harness.drill.tests import instances
from hadrill.harness.model.instance import Account, Endpoint, InstanceType, Member, Role
from hadrill.harness.model.inventory import Inventory, Route
from hadrill.harness.model.operation import Way
from hadrill.harness.model.topology import CLIENT, Link, Node, Topology
from hadrill.harness.workload.client_settings import LargeSettings, ReaderSettings
from hadrill.harness.workload.profile import Batches, Large, Transfers, Writers, load_profile
from hadrill.harness.workload.settings import LoadSettings

NODES = ("a1", "b1", "a2", "a3")
INVENTORY = Inventory(
    Topology("test", tuple(Node(name, f"rack-{name}", "zone-a", "north") for name in NODES), 2),
    tuple(Route(Link(CLIENT, name), Endpoint("127.0.0.1", 100 + place)) for place, name in enumerate(NODES)),
    tuple((name, Endpoint("127.0.0.1", 200 + place)) for place, name in enumerate(NODES)),
    tuple((name, 10 + place) for place, name in enumerate(NODES)),
    "",
)
PAIR = replace(
    instances.PAIR,
    address=Endpoint("127.0.0.1", 300),
    members=(Member("b1", Role.SECONDARY), Member("a1", Role.PRIMARY)),
    read_only=("db-2",),
)
FOLLOWER = replace(
    PAIR,
    id="db-2",
    address=Endpoint("127.0.0.1", 301),
    members=(Member("a2", Role.READ_ONLY),),
    type=InstanceType.READ_ONLY,
    master="db-1",
    read_only=(),
)
NO_WRITERS = frozenset({"stubborn", "visitor", "reader"})
OWNER, READER, AUDITOR = Account("owner", "o"), Account("reader", "r"), Account("auditor", "j")


@pytest.fixture
def load(tmp_path: Path) -> LoadSettings:
    """On a pair with one read-only instance, and nodes that may join, of which one has joined."""
    plan = LoadPlan(auditor=AUDITOR, read_only=((FOLLOWER, READER),), joining=("a1", "a3"))
    return standard_load(tmp_path, "sw-8", PAIR, INVENTORY, (OWNER, READER), plan)


def clients(load: LoadSettings, way: Way) -> dict[str, tuple[str, int, str, int | None]]:
    """By name, the clients over that way: kind, port, user, server."""
    return {each.name: (each.kind, each.port, each.user, each.server) for each in load.clients if each.way is way}


def test_every_server_that_may_answer_has_a_number(load: LoadSettings) -> None:
    """The instance's own come first, then those that may join, then the read-only ones; each known by server_id."""
    assert load.nodes == ("b1", "a1", "a3", "a2")
    assert load.servers == {11: 0, 10: 1, 13: 2, 12: 3}
    assert load.roster(load.nodes).servers == load.nodes


def test_clients_at_the_address(load: LoadSettings) -> None:
    """All of them come as the owner, to whichever server the address leads."""
    at_address = clients(load, Way.ADDRESS)
    assert set(at_address.values()) == {
        (kind, 300, "owner", None) for kind in ("writer", "heart", "transfer", "large", "stubborn", "visitor", "reader")
    }
    assert [f"writer-{number}" for number in (1, 2, 3, 4)] == list(at_address)[:4]


def test_every_account_knocks_at_every_server(load: LoadSettings) -> None:
    """At the doors of the instance's own servers and of those that may join; not at a read-only instance's."""
    assert clients(load, Way.NODE) == {
        f"visitor-{node}-{user}": ("visitor", port, user, server)
        for node, port, server in (("b1", 101, 0), ("a1", 100, 1), ("a3", 103, 2))
        for user in ("owner", "reader")
    }


def test_past_every_link(load: LoadSettings) -> None:
    """A witness writes beside each of those servers, and the auditor reads at the secondary."""
    assert clients(load, Way.RACK) == {
        "witness-b1": ("witness", 201, "owner", 0),
        "witness-a1": ("witness", 200, "owner", 1),
        "witness-a3": ("witness", 203, "owner", 2),
        "reader-b1": ("reader", 201, "auditor", 0),
    }


def test_at_a_read_only_instance(load: LoadSettings) -> None:
    """Its own account reads, and every account tries to write there."""
    assert clients(load, Way.READ_ONLY) == {
        "intruder-a2-owner": ("visitor", 301, "owner", 3),
        "intruder-a2-reader": ("visitor", 301, "reader", 3),
        "reader-a2": ("reader", 301, "reader", 3),
    }


def test_readers_look_for_every_row_that_is_written_at_the_address(load: LoadSettings) -> None:
    """Each reader watches all that write there, but for the one that does not reconnect."""
    writers = tuple(name for name, (kind, *_) in clients(load, Way.ADDRESS).items() if kind not in NO_WRITERS)
    watched = {each.watches for each in load.clients if isinstance(each, ReaderSettings)}
    assert watched == {writers}


def test_an_instance_alone(tmp_path: Path) -> None:
    """Without an auditor nobody reads at the secondary; without read-only instances nobody goes there."""
    load = standard_load(tmp_path, "ha-1", PAIR, INVENTORY, (OWNER, READER))
    assert load.nodes == ("b1", "a1")
    assert clients(load, Way.READ_ONLY) == {}
    assert set(clients(load, Way.RACK)) == {"witness-b1", "witness-a1"}


def test_mix_and_rate_follow_the_profile(tmp_path: Path) -> None:
    """How many of each kind, how often and how large is the profile's to say."""
    profile = load_profile().model_copy(
        update={
            "writers": Writers(count=2, pace_ms=3),
            "transfers": Transfers(count=3, pace_ms=4),
            "large": Large(count=1, pace_ms=5, kib=512),
            "batches": Batches(count=2, pace_ms=6, rows=7),
        }
    )
    load = standard_load(tmp_path, "ha-1", PAIR, INVENTORY, (OWNER,), LoadPlan(profile=profile))
    paces = [(each.kind, each.pace_ms) for each in load.clients if each.way is Way.ADDRESS]
    expected = [*[("writer", 3)] * 2, ("heart", 20), *[("transfer", 4)] * 3, ("large", 5), *[("batch", 6)] * 2]
    assert paces[: len(expected)] == expected
    assert [512 * 1024] == [each.body_bytes for each in load.clients if isinstance(each, LargeSettings)]


def test_loads_side_by_side_share_no_key(tmp_path: Path) -> None:
    """Two instances of a scenario have a block of keys each."""
    loads = [standard_load(tmp_path, "ha-9", PAIR, INVENTORY, (OWNER,), LoadPlan(key_block=block)) for block in (0, 1)]
    keys = [set(load.first_keys()) for load in loads]
    assert keys[0].isdisjoint(keys[1])


def test_at_a_disaster_recovery_instance(tmp_path: Path) -> None:
    """Each account calls at its address, whichever server answers, and one reader looks for its master's rows."""
    other = replace(FOLLOWER, members=(Member("a2", Role.PRIMARY), Member("a3", Role.OUT)))
    plan = LoadPlan(recovery=((other, (OWNER, READER)),))
    load = standard_load(tmp_path, "dr-1", PAIR, INVENTORY, (OWNER, READER), plan)
    assert load.nodes == ("b1", "a1", "a2", "a3")
    assert clients(load, Way.RECOVERY) == {
        "caller-owner": ("visitor", 301, "owner", None),
        "caller-reader": ("visitor", 301, "reader", None),
        "reader-recovery": ("reader", 301, "owner", None),
    }
    assert {CALL_MS} == {each.pace_ms for each in load.clients if each.name.startswith("caller")}
