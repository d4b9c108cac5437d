"""The first packet that a MySQL server sends: a sign of life that needs no account."""

import socket
from dataclasses import dataclass
from typing import Final

_PROTOCOL_VERSION: Final = 10
_ERROR: Final = 0xFF


@dataclass(frozen=True, slots=True)
class Greeting:
    """What a fresh connection was met with.

    Attributes:
        is_greeting: the server's first packet came: its greeting, or an error in its place, such as 1130 from a server
            that has no account yet for where we come from.
        seen: the server's version or error, or what was seen instead, in words.
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
    return read_greeting(packet)


def read_greeting(packet: bytes) -> Greeting:
    """What a first packet, its four bytes of header included, says."""
    if not packet:
        return Greeting(is_greeting=False, seen="connection closed without a greeting")
    if len(packet) < 7 or packet[4] not in {_PROTOCOL_VERSION, _ERROR}:
        return Greeting(is_greeting=False, seen=f"{len(packet)} bytes that are no greeting")
    if packet[4] == _ERROR:
        return Greeting(is_greeting=True, seen=f"error {int.from_bytes(packet[5:7], 'little')} in place of a greeting")
    version = packet[5:].partition(b"\0")[0].decode("ascii", errors="replace")
    return Greeting(is_greeting=True, seen=f"greeting of MySQL {version}")


def _first_packet(connection: socket.socket) -> bytes:
    packet = b""
    while len(packet) < 5 or len(packet) < 4 + int.from_bytes(packet[:3], "little"):
        piece = connection.recv(4096)
        if not piece:
            break
        packet += piece
    return packet
