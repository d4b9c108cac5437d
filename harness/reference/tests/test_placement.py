"""Where servers may go."""

import pytest

from hadrill.harness.model.instance import Edition
from hadrill.harness.model.topology import Node, Topology
from hadrill.harness.reference.decisions import Decisions
from hadrill.harness.reference.placement import place, place_read_only, place_second
from hadrill.harness.reference.refusals import Code, Refusal

NODES = (
    Node("a1", "a-1", "a", "north"),
    Node("a2", "a-1", "a", "north"),
    Node("a3", "a-2", "a", "north"),
    Node("b1", "b-1", "b", "north"),
    Node("c1", "c-1", "c", "south"),
)
TOPOLOGY = Topology("test", NODES, addresses=2)
NONE_TAKEN: frozenset[str] = frozenset()


def names(edition: Edition, zones: tuple[str, ...], taken: frozenset[str] = NONE_TAKEN) -> list[str]:
    """Where an instance would go."""
    return [node.name for node in place(TOPOLOGY, taken, edition, zones)]


def test_a_pair_goes_to_two_zones_by_default() -> None:
    """Nobody said where: two zones of the first region."""
    assert names(Edition.HIGH_AVAILABILITY, ()) == ["a1", "b1"]


def test_a_pair_in_one_zone_has_two_racks() -> None:
    """A rack fails as a whole (SW-4)."""
    assert names(Edition.HIGH_AVAILABILITY, ("a",)) == ["a1", "a3"]


def test_a_basic_instance_has_one_server() -> None:
    """SW-6."""
    assert names(Edition.BASIC, ("b",)) == ["b1"]


def test_a_basic_instance_that_does_not_stand_alone() -> None:
    """The decision that a sabotage changes."""
    changed = Decisions(basic_stands_alone=False)
    assert [node.name for node in place(TOPOLOGY, NONE_TAKEN, Edition.BASIC, ("a",), changed)] == ["a1", "b1"]


@pytest.mark.parametrize(
    ("edition", "zones", "code"),
    [
        (Edition.HIGH_AVAILABILITY, ("a", "c"), Code.SECOND_REGION),
        (Edition.HIGH_AVAILABILITY, ("a", "x"), Code.UNKNOWN_PLACE),
        (Edition.HIGH_AVAILABILITY, ("b",), Code.NO_ROOM),
        (Edition.BASIC, ("a", "b"), Code.INVALID_REQUEST),
    ],
)
def test_what_cannot_be_placed_is_refused(edition: Edition, zones: tuple[str, ...], code: Code) -> None:
    """HA-8 and its neighbours, each with its code."""
    with pytest.raises(Refusal) as refused:
        place(TOPOLOGY, NONE_TAKEN, edition, zones)
    assert refused.value.code is code


def test_taken_nodes_are_passed_over() -> None:
    """Two instances never share a node."""
    assert names(Edition.BASIC, ("a",), frozenset({"a1"})) == ["a2"]


@pytest.mark.parametrize(("taken", "second"), [({"a1"}, "b1"), ({"a1", "b1"}, "a3"), ({"a1", "a2", "b1"}, "a3")])
def test_a_second_server_goes_to_another_zone_where_there_is_room(taken: set[str], second: str) -> None:
    """Else to another rack of the same zone."""
    assert second == place_second(TOPOLOGY, frozenset(taken), NODES[0]).name


def test_a_second_server_never_shares_the_rack_or_leaves_the_region() -> None:
    """Rather there is none (SW-4, HA-8)."""
    with pytest.raises(Refusal) as refused:
        place_second(TOPOLOGY, frozenset({"a1", "a3", "b1"}), NODES[0])
    assert refused.value.code is Code.NO_ROOM


def read_only(zone: str = "", taken: frozenset[str] = frozenset({"a1", "b1"}), siblings: tuple[str, ...] = ()) -> str:
    """Where a read-only instance of a pair on a1 and b1 would go."""
    near, beside = (TOPOLOGY.node("a1"), TOPOLOGY.node("b1")), tuple(TOPOLOGY.node(name) for name in siblings)
    return place_read_only(TOPOLOGY, taken, near=near, siblings=beside, zone=zone).name


def test_a_read_only_instance_goes_to_a_rack_of_its_own() -> None:
    """Where there is one; else beside one of its master's servers."""
    assert read_only() == "a3"
    assert read_only(taken=frozenset({"a1", "b1", "a3"}), siblings=("a3",)) == "a2"


@pytest.mark.parametrize(("zone", "code"), [("x", Code.UNKNOWN_PLACE), ("c", Code.SECOND_REGION), ("b", Code.NO_ROOM)])
def test_a_read_only_instance_that_has_no_place_is_refused(zone: str, code: Code) -> None:
    """It stands in its master's region."""
    with pytest.raises(Refusal) as refused:
        read_only(zone)
    assert refused.value.code is code


def test_a_service_that_is_broken_on_purpose_puts_a_pair_on_one_rack() -> None:
    """Where that has room for both."""
    pair = place(TOPOLOGY, NONE_TAKEN, Edition.HIGH_AVAILABILITY, (), Decisions(racks_apart=False))
    assert [node.name for node in pair] == ["a1", "a2"]


def test_a_service_that_is_broken_on_purpose_builds_a_pair_across_regions() -> None:
    """As it was asked to."""
    pair = place(TOPOLOGY, NONE_TAKEN, Edition.HIGH_AVAILABILITY, ("a", "c"), Decisions(refuses_two_regions=False))
    assert [node.name for node in pair] == ["a1", "c1"]
