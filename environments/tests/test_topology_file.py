"""Topology files."""

from pathlib import Path

import pytest

from hadrill.environments.topology_file import WantedInstance, WantedRecovery, known_topologies, load_topology
from hadrill.harness.errors import WrongCall
from hadrill.harness.model.instance import Edition
from hadrill.harness.model.topology import Node

GOOD = "regions: {north: {zone-a: {a-1: [a1], a-2: [a2]}}}\naddresses: 1\n"
FAR = (
    "regions: {n: {za: {a-1: [a1]}}, s: {zc: {c-1: [c1]}}}\naddresses: 2\n"
    "instances: [{name: ha, edition: basic, zones: [za]}]\n"
)


def written(folder: Path, text: str) -> str:
    """A topology file with that text; its path."""
    path = folder / "own.yaml"
    path.write_text(text, encoding="utf-8")
    return str(path)


@pytest.mark.parametrize("name", known_topologies())
def test_every_topology_that_comes_with_us_is_read(name: str) -> None:
    """A name that is listed can be loaded, and carries its own name."""
    assert load_topology(name).topology.name == name


def test_the_drill_stands_on_four_racks_in_two_regions() -> None:
    """The standard drill has two racks in zone a, one in zone b, one far away, and four addresses."""
    topology = load_topology("drill").topology
    assert topology.nodes == (
        Node("a1", "a-1", "zone-a", "north"),
        Node("a2", "a-1", "zone-a", "north"),
        Node("a3", "a-2", "zone-a", "north"),
        Node("b1", "b-1", "zone-b", "north"),
        Node("b2", "b-1", "zone-b", "north"),
        Node("c1", "c-1", "zone-c", "south"),
    )
    assert topology.addresses == 4


def test_disaster_recovery_is_drilled_with_room_on_both_sides() -> None:
    """Once a pair stands in each region, each has two racks that take another server: a pair that follows back."""
    topology = load_topology("drill-dr").topology
    master, follower = {"a1", "b1"}, {"c1", "d1"}
    for region in ("north", "south"):
        free = {n.rack for n in topology.nodes if n.region == region and n.name not in master | follower}
        assert len(free) >= 2, region
    assert topology.addresses >= load_topology("drill").topology.addresses + 3


def test_instances_to_create_are_read() -> None:
    """A pair across zones names its zones in order, the primary's first."""
    wanted = (WantedInstance("ha", Edition.HIGH_AVAILABILITY, ("zone-a", "zone-b")),)
    assert load_topology("ha").instances == wanted


def test_a_disaster_recovery_instance_is_read() -> None:
    """It names its master and the other region."""
    file = load_topology("ha-dr")
    assert [each.name for each in file.instances] == ["ha"]
    assert file.disaster_recovery == (WantedRecovery("dr", "ha", "south"),)
    assert load_topology("ha").disaster_recovery == ()


def test_a_file_of_the_users_own_is_read_by_its_path(tmp_path: Path) -> None:
    """A name with a slash in it is a path."""
    assert [node.name for node in load_topology(written(tmp_path, GOOD)).topology.nodes] == ["a1", "a2"]


def test_an_unknown_name_is_answered_with_the_known_ones() -> None:
    """The message lists what could have been meant."""
    with pytest.raises(
        WrongCall, match=r"no topology 'drlil'; known are: basic, drill, drill-dr, ha, ha-dr, ha-one-zone"
    ):
        load_topology("drlil")


ENDS = ("client", "address", "manager")
PROGRAMS = ("haproxy", "toxiproxy", "initialise", "a1-copy")
LOGS = ("room", "decisions")


@pytest.mark.parametrize("name", [*ENDS, *PROGRAMS, *LOGS])
def test_a_node_has_no_name_that_something_else_has(tmp_path: Path, name: str) -> None:
    """An end of links, a program in the table that holds the servers, or a log beside theirs."""
    with pytest.raises(WrongCall, match=f"own.yaml: regions: '{name}' cannot be a node's name; it is taken; choose an"):
        load_topology(written(tmp_path, GOOD.replace("[a2]", f"[{name}]")))


def test_a_copy_of_nothing_is_a_name(tmp_path: Path) -> None:
    """Only where a node's own copy would be called so is it taken."""
    assert load_topology(written(tmp_path, GOOD.replace("[a2]", "[a3-copy]"))).topology.node("a3-copy")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("regions: [", "1: this is no YAML"),
        (GOOD.replace("addresses: 1", "addresses: 0"), "addresses"),
        (GOOD.replace("addresses: 1", "adresses: 1"), "addresses|adresses"),
        (GOOD.replace("[a2]", "[A2]"), "regions"),
        (GOOD.replace("[a2]", "[]"), "regions"),
        (GOOD.replace("[a2]", "[a1]"), "'a1' stands there twice"),
        ("regions: {n: {z1: {r: [a1]}, z2: {r: [a2]}}}\naddresses: 1\n", "rack 'r' stands in two zones"),
        (GOOD + "instances: [{name: x, edition: basic, zones: [zone-q]}]\n", "unknown zones: zone-q"),
        (GOOD + "instances: [{name: x, edition: huge, zones: [zone-a]}]\n", r"instances\.0\.edition"),
        (FAR + "disaster_recovery: [{name: dr, master: hb, region: s}]\n", "unknown master: hb; known are: ha"),
        (FAR + "disaster_recovery: [{name: dr, master: ha, region: w}]\n", "unknown region: w"),
        (FAR + "disaster_recovery: [{name: dr, master: ha, region: n}]\n", "region n, where its master ha is"),
        (FAR + "disaster_recovery: [{name: ha, master: ha, region: s}]\n", "'ha' stands there twice"),
        (FAR + "disaster_recovery: [{name: dr, master: ha}]\n", r"disaster_recovery\.0\.region"),
        (
            FAR.replace("addresses: 2", "addresses: 1") + "disaster_recovery: [{name: dr, master: ha, region: s}]\n",
            "addresses: 1 are too few for 2 instances; each has one",
        ),
        ("", "regions"),
    ],
)
def test_a_malformed_file_is_refused_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    """The message names the file, and the line or the field."""
    with pytest.raises(WrongCall, match=rf"own\.yaml.*({said})"):
        load_topology(written(tmp_path, text))
