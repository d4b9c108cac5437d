"""A server's first packet."""

import socket

import pytest

from hadrill.environments.embedded.greeting import greets, read_greeting


@pytest.mark.parametrize(
    ("packet", "is_greeting", "seen"),
    [
        (b"\x4a\x00\x00\x00\x0a9.7.4\x00rest", True, "greeting of MySQL 9.7.4"),
        (b"\x45\x00\x00\x00\xff\x6a\x04Host is not allowed", True, "error 1130 in place of a greeting"),
        (b"", False, "connection closed without a greeting"),
        (b"HTTP/1.1 400", False, "12 bytes that are no greeting"),
        (b"\x01\x00\x00\x00\x0a", False, "5 bytes that are no greeting"),
    ],
)
def test_only_a_mysql_packet_is_a_greeting(packet: bytes, is_greeting: bool, seen: str) -> None:
    """Its greeting, or an error in its place: both are a server that lives."""
    greeting = read_greeting(packet)
    assert (greeting.is_greeting, greeting.seen) == (is_greeting, seen)


def test_a_listener_that_says_nothing_does_not_greet() -> None:
    """As a paused server: its kernel accepts, and nothing comes."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        assert greets("127.0.0.1", silent.getsockname()[1], 0.02).seen == "no greeting within 0.02 s"


def test_a_closed_port_does_not_greet() -> None:
    """A refused connection is an answer, not an error of ours."""
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    assert greets("127.0.0.1", port, 1).seen == "Connection refused"
