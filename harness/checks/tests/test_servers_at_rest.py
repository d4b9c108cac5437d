"""What the judge makes of portraits and places, on hand-made ones."""

from dataclasses import replace

from hadrill.harness.checks.servers_at_rest import (
    alone,
    durable,
    pair_at_rest,
    placed,
    read_only_follows,
    roles_swapped,
)
from hadrill.harness.model.portrait import Portrait
from hadrill.harness.model.topology import Node
from hadrill.harness.model.verdict import Judgement

IDS = {"a1": 1, "b1": 2}
A1, A3, B1 = Node("a1", "a-1", "a", "north"), Node("a3", "a-2", "a", "north"), Node("b1", "b-1", "b", "north")
C1 = Node("c1", "c-1", "c", "south")
PRIMARY = Portrait(
    node="a1", at_ns=0, writable=True, admits_customers=True, follows=0, receiving=False, applying=False, waits=True,
    sync_binlog=1, flush_log=1, wait_point="AFTER_SYNC", version="9.7.4",
)  # fmt: skip
SECONDARY = replace(
    PRIMARY, node="b1", writable=False, admits_customers=False, follows=1, receiving=True, applying=True, waits=False
)


def sentences(judgement: Judgement) -> list[str]:
    """What was found, in words."""
    return [finding.sentence for finding in judgement.findings]


def test_a_sound_pair_at_rest_is_sound() -> None:
    """One takes writes and waits, the other follows and is closed."""
    assert sentences(pair_at_rest((PRIMARY, SECONDARY), IDS)) == []


def test_two_writable_servers_are_found() -> None:
    """HA-2."""
    both = (PRIMARY, replace(SECONDARY, writable=True))
    assert sentences(pair_at_rest(both, IDS)) == ["exactly one server should take writes; a1, b1 do"]


def test_each_flaw_of_a_pair_is_named() -> None:
    """A secondary that is open or does not follow, a primary that does not wait."""
    flawed = (replace(PRIMARY, waits=False), replace(SECONDARY, follows=0, admits_customers=True))
    assert sentences(pair_at_rest(flawed, IDS)) == [
        "b1 does not follow a1", "b1 admits customers", "a1 does not wait for its secondary",
    ]  # fmt: skip


def test_relaxed_durability_is_found() -> None:
    """Design decision 4, read back."""
    relaxed = (PRIMARY, replace(SECONDARY, sync_binlog=1000), replace(PRIMARY, wait_point="AFTER_COMMIT"))
    assert sentences(durable(relaxed)) == [
        "b1: sync_binlog=1000, innodb_flush_log_at_trx_commit=1", "a1 waits at AFTER_COMMIT",
    ]  # fmt: skip


def test_no_look_is_no_verdict() -> None:
    """Nothing seen is nothing shown."""
    assert durable(()).undecided == "no server was looked at"


def test_places_are_held_against_what_was_asked_for() -> None:
    """One region, as many zones as asked for, a rack each."""
    assert sentences(placed((A1, B1), 2)) == []
    assert sentences(placed((A1, A3), 1)) == []
    assert sentences(placed((A1, A3), 2)) == ["the servers stand in 1 zones, not in 2: a"]
    assert sentences(placed((A1, C1), 2)) == ["the servers stand in 2 regions, not in 1: north, south"]
    assert sentences(placed((A1, replace(A3, rack="a-1")), 1)) == ["the servers stand in 1 racks, not in 2: a-1"]


def test_a_second_server_of_a_basic_instance_is_found() -> None:
    """SW-6."""
    assert sentences(alone(("a1",), PRIMARY)) == []
    assert sentences(alone(("a1", "b1"), PRIMARY)) == ["a second server runs on b1"]


def test_roles_that_did_not_swap_are_found() -> None:
    """SW-4."""
    assert sentences(roles_swapped(B1, A1, (PRIMARY, SECONDARY), IDS)) == []
    assert sentences(roles_swapped(A1, B1, (PRIMARY, SECONDARY), IDS)) == [
        "b1 does not take writes", "a1 still takes writes", "a1 does not follow b1",
    ]  # fmt: skip


def test_a_read_only_server_follows_the_primary_and_nobody_else() -> None:
    """SW-8: not the secondary, and not the server that was the primary before."""
    reader = replace(SECONDARY, node="a3", admits_customers=True)
    ids = IDS | {"a3": 3}
    assert sentences(read_only_follows(PRIMARY, (reader,), ids)) == []
    astray = replace(reader, follows=2, applying=False, writable=True)
    assert sentences(read_only_follows(PRIMARY, (astray,), ids)) == [
        "a3 follows server 2, not a1", "a3 does not apply", "a3 takes writes",
    ]  # fmt: skip
    assert read_only_follows(PRIMARY, (), ids).undecided
