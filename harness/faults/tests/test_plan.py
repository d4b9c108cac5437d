"""Which toxics go on which links."""

import pytest

from hadrill.environments.topology_file import load_topology
from hadrill.environments.toxics import LinkToxic, Stream, Toxic
from hadrill.harness.errors import WrongCall
from hadrill.harness.faults.plan import boundary, cut, held_back, isolation
from hadrill.harness.model.topology import Link, links_of

DRILL = load_topology("drill").topology
INSIDE = {"a1", "a2", "host:a-1"}


def test_a_rack_is_cut_off_at_every_link_with_one_end_on_it() -> None:
    """Of the drill's 55 links: 3 kinds to each of 2 nodes, the host, and 2 x 4 node pairs in both directions."""
    assert len(boundary(DRILL, "a-1")) == 3 * 2 + 1 + 2 * 2 * 4
    assert all((link.source in INSIDE) != (link.target in INSIDE) for link in boundary(DRILL, "a-1"))


def test_within_the_rack_everything_goes_on() -> None:
    """Two nodes of one rack still reach each other."""
    assert Link("a1", "a2") not in boundary(DRILL, "a-1")


def test_no_link_is_forgotten() -> None:
    """What is not cut has both ends on one side."""
    rest = set(links_of(DRILL)) - set(boundary(DRILL, "a-1"))
    assert all((link.source in INSIDE) == (link.target in INSIDE) for link in rest)


def test_the_racks_host_is_cut_off_too() -> None:
    """A manager that cannot reach the servers cannot reach the host that starts them either."""
    assert Link("manager", "host:a-1") in boundary(DRILL, "a-1")


def test_clients_still_reach_the_address() -> None:
    """It stands on a rack of its own."""
    assert Link("client", "address:0") not in boundary(DRILL, "a-1")


def test_isolation_loses_bytes_both_ways() -> None:
    """One toxic for each stream of each link, no link twice on a stream."""
    plan = isolation(DRILL, "c-1")
    assert len(set(plan)) == len(plan) == 2 * len(boundary(DRILL, "c-1"))
    assert {step.toxic.kind for step in plan} == {"timeout"}


def test_an_unknown_rack_is_answered_with_the_known_ones() -> None:
    """Before anything breaks."""
    with pytest.raises(WrongCall, match="no rack 'z-9'; there are: a-1, a-2, b-1, c-1"):
        boundary(DRILL, "z-9")


def test_a_cut_link_carries_nothing_either_way() -> None:
    """Both streams of this link, and no other."""
    link = Link("b1", "a1")
    assert [(step.link, step.toxic.stream) for step in cut(link)] == [
        (link, Stream.UPSTREAM),
        (link, Stream.DOWNSTREAM),
    ]


@pytest.mark.parametrize(
    ("latency_ms", "toxic"),
    [
        (500, Toxic("latency", Stream.UPSTREAM, (("jitter", 0), ("latency", 500)))),
        (None, Toxic("bandwidth", Stream.UPSTREAM, (("rate", 0),))),
    ],
)
def test_a_link_is_held_back_in_one_direction_only(latency_ms: int | None, toxic: Toxic) -> None:
    """Acknowledgements are late, or wait for the heal; events go on."""
    link = Link("b1", "a1")
    assert held_back(link, Stream.UPSTREAM, latency_ms) == (LinkToxic(link, toxic),)
