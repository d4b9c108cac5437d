"""What a scenario changed of an instance is seen."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from hadrill.harness.drill.standing import Look, ServerLook, said_otherwise, what_changed
from hadrill.harness.drill.tests import instances
from hadrill.harness.model.instance import MaintenancePeriod, Member, Role, State
from hadrill.harness.model.portrait import Portrait

PAIR = replace(instances.PAIR, members=(Member("a1", Role.SECONDARY), Member("b1", Role.SECONDARY)))


def server(node: str, *, writable: bool) -> ServerLook:
    """One of the pair."""
    portrait = Portrait(
        node=node,
        at_ns=1,
        writable=writable,
        admits_customers=writable,
        follows=0 if writable else 1,
        receiving=not writable,
        applying=not writable,
        waits=writable,
        sync_binlog=1,
        flush_log=1,
        wait_point="AFTER_SYNC",
        version="9.7.4",
        executed="x:1-9",
    )
    return ServerLook(portrait, frozenset({"mysql"}), frozenset({"owner@%"}), {"max_connections": "300"})


FIRST = Look(
    instances=(PAIR,),
    processes={"a1": "running", "b1": "running"},
    links=(),
    servers={"a1": server("a1", writable=True), "b1": server("b1", writable=False)},
)


def with_server(node: str, change: Callable[[ServerLook], ServerLook]) -> Look:
    """As it was, but for one of its servers."""
    return replace(FIRST, servers={**FIRST.servers, node: change(FIRST.servers[node])})


def test_an_instance_that_is_as_it_was_has_nothing_changed() -> None:
    """Nor one whose servers have executed more since."""
    more = {
        node: replace(each, portrait=replace(each.portrait, executed="x:1-99", at_ns=2))
        for node, each in FIRST.servers.items()
    }
    assert [what_changed(FIRST, now) for now in (FIRST, replace(FIRST, servers=more))] == ["", ""]


def test_roles_are_as_they_were_or_something_changed() -> None:
    """What is free in a zone depends on who is the primary there."""
    swapped = {"a1": server("a1", writable=False), "b1": server("b1", writable=True)}
    assert what_changed(FIRST, replace(FIRST, servers=swapped)) == "who takes writes (b1)"


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (
            replace(FIRST, instances=(replace(PAIR, maintenance=MaintenancePeriod("03:00:00")),)),
            "what the service says of its instances",
        ),
        (replace(FIRST, instances=(PAIR, replace(PAIR, id="db-2"))), "what the service says of its instances"),
        (replace(FIRST, processes={**FIRST.processes, "c1": "running"}), "which servers run"),
        (replace(FIRST, links=("a1>b1 carries latency",)), "links (a1>b1 carries latency)"),
        (replace(FIRST, servers={"a1": FIRST.servers["a1"]}), "where servers run"),
        (
            with_server("a1", lambda each: replace(each, variables={"max_connections": "400", "new": "1"})),
            "settings of a1 (max_connections, new)",
        ),
        (
            with_server("b1", lambda each: replace(each, databases=frozenset({"mysql", "shop"}))),
            "the databases and accounts of b1",
        ),
        (
            with_server("b1", lambda each: replace(each, accounts=frozenset({"owner@%", "guest@%"}))),
            "the databases and accounts of b1",
        ),
        (
            with_server("b1", lambda each: replace(each, portrait=replace(each.portrait, writable=True))),
            "who takes writes (a1, b1)",
        ),
        (
            with_server("b1", lambda each: replace(each, portrait=replace(each.portrait, executed="x:1-8"))),
            "the servers have different transactions",
        ),
    ],
    ids=["period", "another", "process", "link", "place", "variable", "database", "account", "primary", "executed"],
)
def test_what_is_not_as_it_was_is_named(now: Look, said: str) -> None:
    """So that the next scenario does not begin with it."""
    assert what_changed(FIRST, now) == said


def test_a_pair_that_was_never_protected_is_not_at_rest() -> None:
    """Whatever it was like when it was new."""
    bare = replace(FIRST, instances=(replace(PAIR, protected=False),))
    assert what_changed(bare, bare) == "it is not protected"


def test_what_may_pass_is_not_waited_for_in_vain() -> None:
    """A pair that is about to be protected again is worth waiting for; one that was promoted or released is not.

    What came since is given back, its period is set back, and the pair's own description is then as it was.
    """
    rejoining = replace(PAIR, protected=False, state=State.FAILING_OVER, reason="b1 comes back")
    followed = replace(PAIR, read_only=("db-2",)), replace(PAIR, id="db-2", master="db-1")
    assert not said_otherwise(FIRST, (rejoining,))
    assert not said_otherwise(FIRST, followed)
    assert what_changed(FIRST, replace(FIRST, instances=followed)) == "what the service says of its instances"
    assert not said_otherwise(FIRST, (replace(PAIR, maintenance=MaintenancePeriod("03:00:00")),))
    for said in ((), (replace(PAIR, promoted_from="db-0"),), (replace(PAIR, switch_due="2026-11-28T12:00:00"),)):
        assert said_otherwise(FIRST, said)
