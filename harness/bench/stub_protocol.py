"""As much of MySQL's protocol as a client of the load needs to log in, learn who answers, and write (pure).

Packets and fields are as in "MySQL Client/Server Protocol" of MySQL's source documentation.
"""

import struct
from collections.abc import Iterator
from typing import Final

QUERY: Final = 0x03  # COM_QUERY
QUIT: Final = 0x01  # COM_QUIT
_CAPABILITIES: Final = 0x1 | 0x200 | 0x2000 | 0x8000 | 0x80000  # long password, 4.1, transactions, secure, plugins
_AUTOCOMMIT: Final = 0x2
_UTF8MB4: Final = 45
_BIGINT: Final = 8
_SALT: Final = b"no password here, so"
_OK: Final = struct.pack("<BBBHH", 0, 0, 0, _AUTOCOMMIT, 0)
_EOF: Final = struct.pack("<BHH", 0xFE, 0, _AUTOCOMMIT)


def greeting() -> bytes:
    """What a server says first; whoever answers is let in."""
    low, high = _CAPABILITIES & 0xFFFF, _CAPABILITIES >> 16
    body = b"\x0a9.7.0-stub\0" + struct.pack("<I", 1) + _SALT[:8] + b"\0"
    body += struct.pack("<HBHHB", low, _UTF8MB4, _AUTOCOMMIT, high, len(_SALT) + 1) + bytes(10)
    return packet(0, body + _SALT[8:] + b"\0mysql_native_password\0")


def ok(sequence: int) -> bytes:
    """Done."""
    return packet(sequence, _OK)


def number(value: int) -> bytes:
    """The answer to a query for one number."""
    name = b"".join(_text(part) for part in (b"def", b"", b"", b"", b"n", b""))
    column = name + struct.pack("<BHIBHBH", 0x0C, 63, 20, _BIGINT, 0, 0, 0)
    parts = (b"\x01", column, _EOF, _text(str(value).encode()), _EOF)
    return b"".join(packet(sequence, part) for sequence, part in enumerate(parts, 1))


def packet(sequence: int, body: bytes) -> bytes:
    """With its head: length and sequence number."""
    return struct.pack("<I", len(body))[:3] + bytes([sequence]) + body


def whole_packets(received: bytearray) -> Iterator[bytes]:
    """The bodies of the packets that have come as a whole; they are taken out of what was received."""
    while len(received) >= 4:
        end = 4 + int.from_bytes(received[:3], "little")
        if len(received) < end:
            return
        body = bytes(received[4:end])
        del received[:end]
        yield body


def _text(value: bytes) -> bytes:
    return bytes([len(value)]) + value
