"""The first packet that a MySQL server sends: a sign of life that needs no account."""

import socket
from dataclasses import dataclass
from typing import Final

_PROTOCOL_VERSION: Final = 10


@dataclass(frozen=True, slots=True)
class Greeting:
    """What a fresh connection was met with.

    Attributes:
        is_greeting: a whole first packet of protocol version 10 came.
        seen: the server's version, or what was seen instead, in words.
    """

    is_greeting: bool
    seen: str


def greets(host: str, port: int, timeout_s: float) -> Greeting:
    """Connect and wait for the greeting; never raises for what the other side does.

    Args:
        timeout_s: seconds for the connect, and again for the greeting.
    """
    try:
        with socket.create_connection((host, port), timeout=timeout_s) as connection:
            packet = _first_packet(connection)
    except TimeoutError:
        return Greeting(is_greeting=False, seen=f"no greeting within {timeout_s:g} s")
    except OSError as error:
        return Greeting(is_greeting=False, seen=error.strerror or type(error).__name__)
    return _read(packet)


def _first_packet(connection: socket.socket) -> bytes:
    packet = b""
    while len(packet) < 5 or len(packet) < 4 + int.from_bytes(packet[:3], "little"):
        piece = connection.recv(4096)
        if not piece:
            break
        packet += piece
    return packet


def _read(packet: bytes) -> Greeting:
    if not packet:
        return Greeting(is_greeting=False, seen="connection closed without a greeting")
    if len(packet) < 6 or packet[4] != _PROTOCOL_VERSION:
        return Greeting(is_greeting=False, seen=f"{len(packet)} bytes that are no greeting")
    version = packet[5:].partition(b"\0")[0].decode("ascii", errors="replace")
    return Greeting(is_greeting=True, seen=f"greeting of MySQL {version}")
