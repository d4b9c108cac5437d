"""Which server the others are compared with once the load is at rest."""

import socket

import pytest

from hadrill.harness.drill.settling import primary_of, taking_writes
from hadrill.harness.errors import WaitTimeout
from hadrill.harness.model.instance import Account, Endpoint
from hadrill.harness.workload.compare import Side

PAIR = ("a1", "b1")


@pytest.mark.parametrize(
    ("writable", "described", "first"),
    [
        (("b1",), ("a1",), "b1"),
        (("a1", "b1"), ("d1", "b1"), "b1"),
        ((), ("b1",), "b1"),
        ((), ("d1",), "a1"),
        (("a1", "b1"), (), "a1"),
    ],
    ids=["one", "two", "none", "none, and nobody is described", "two, and the manager is gone"],
)
def test_the_one_that_takes_writes_or_else_the_described_one(
    writable: tuple[str, ...], described: tuple[str, ...], first: str
) -> None:
    """Another instance's primary is none of this one's."""
    assert primary_of(PAIR, writable, described) == first


def test_a_server_that_does_not_say_is_not_taken_for_a_secondary() -> None:
    """There is no verdict then."""
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        silent = Side("a1", Endpoint(*closed.getsockname()), Account("auditor", ""))

        with pytest.raises(WaitTimeout, match="a1 to say whether it takes writes"):
            taking_writes([silent], timeout_s=0.1)
