"""A network of its own for each run."""

import socket

import pytest

from hadrill.environments.embedded.lease import lease_network, require_free
from hadrill.harness.errors import WrongCall
from hadrill.harness.model.instance import Endpoint

ONE = "127.99.250.0/24"  # no run takes it: the settings name another network


def test_two_runs_get_different_networks() -> None:
    """What one holds the other does not get."""
    first, second = lease_network("127.99.248.0/23"), lease_network("127.99.248.0/23")
    first.release()
    second.release()
    assert {first.network, second.network} == {"127.99.248", "127.99.249"}


def test_when_all_are_taken_the_message_says_so() -> None:
    """No run ever shares a network."""
    lease = lease_network(ONE)
    with pytest.raises(WrongCall, match=r"every /24 of 127\.99\.250\.0/24 is in use"):
        lease_network(ONE)
    lease.release()


def test_a_released_network_can_be_leased_again() -> None:
    """Nothing but its holders keeps it."""
    lease_network(ONE).release()
    again = lease_network(ONE)
    again.release()
    assert again.network == "127.99.250"


def test_a_busy_port_is_named_with_its_address() -> None:
    """A listener on all addresses blocks ours too."""
    with socket.create_server(("0.0.0.0", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(WrongCall, match=rf"127\.99\.250\.11:{port} is busy"):
            require_free([Endpoint("127.99.250.11", port)])
