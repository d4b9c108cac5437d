"""Connections that show what becomes of a link's bytes: no account, no query, only what a server says by itself."""

import contextlib
import socket
import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from hadrill.harness.model.instance import Endpoint
from hadrill.harness.model.inventory import Inventory
from hadrill.harness.model.topology import Link, host_of
from hadrill.harness.wait import NotYet

SILENCE_S: Final = 0.3
"""How long a canary waits before it says that nothing comes; a server here answers within milliseconds."""

NONSENSE: Final = b"\x01\x00\x00\x01\x00"  # a packet of one byte where a login should come
_ALL_THAT_COMES: Final = {b"", b"\xff"}  # no greeting, or an error in its place; the connection ends either way
_REQUEST: Final = b"GET / HTTP/1.0\r\n\r\n"
_AT_ONCE: Final = 64


class Fate(StrEnum):
    """How a canary connection went."""

    ANSWERED = "answered"
    SILENT = "no answer"
    REFUSED = "refused"
    RESET = "reset"
    ENDED = "ended without a word"
    HEARD = "ended, without a word, once it had said something"


@dataclass(frozen=True, slots=True)
class Song:
    """What a canary found.

    Attributes:
        fate: how it went.
        greeted: a server's greeting came, so that bytes came this way.
        took_s: seconds from before the connect to the end.
    """

    fate: Fate
    greeted: bool
    took_s: float

    @property
    def sings(self) -> bool:
        """Bytes went both ways."""
        return self.fate is Fate.ANSWERED

    def __str__(self) -> str:
        greeted = "greeted, then " if self.greeted and not self.sings else ""
        return f"{greeted}{self.fate} after {self.took_s * 1000:.1f} ms"


def sing(inventory: Inventory, link: Link, silence_s: float = SILENCE_S, *, at_once: bool = False) -> Song:
    """What becomes of a fresh connection over a link that says something.

    A MySQL server greets by itself; then it gets a packet of nonsense, which it answers at once, where it would wait
    seconds for a login that does not come. A rack's host, or the manager, gets an HTTP request.

    Args:
        silence_s: how long to wait for each answer.
        at_once: say something before a greeting comes: where bytes are late, greeting and answer come together.
    """
    way = inventory.route(link.source, link.target)
    if link.target.startswith(host_of("")):
        return sing_http(way, silence_s)
    return sing_mysql(way, silence_s, at_once=at_once)


def sing_all(
    inventory: Inventory, links: Iterable[Link], silence_s: float = SILENCE_S, *, at_once: bool = False
) -> Mapping[Link, Song]:
    """``sing`` over many links side by side."""
    listed = tuple(links)
    if not listed:
        return {}

    def one(link: Link) -> Song:
        return sing(inventory, link, silence_s, at_once=at_once)

    with ThreadPoolExecutor(max_workers=min(_AT_ONCE, len(listed))) as pool:
        return dict(zip(listed, pool.map(one, listed), strict=True))


def sings_again(inventory: Inventory, links: Iterable[Link], within_s: float = SILENCE_S) -> str | NotYet:
    """A probe for ``until``: every link carries something again, and soon; returns what was seen in words."""
    songs = sing_all(inventory, links)
    unwell = [f"{link}: {song}" for link, song in songs.items() if not song.sings or song.took_s > within_s]
    return NotYet("; ".join(unwell)) if unwell else f"{len(songs)} canary connections answered"


def sing_mysql(way: Endpoint, silence_s: float = SILENCE_S, *, at_once: bool = False) -> Song:
    """``sing`` to a MySQL server."""
    return _timed(way, silence_s, _greeting_and_nonsense if at_once else _greeting_then_nonsense)


def sing_http(way: Endpoint, silence_s: float = SILENCE_S) -> Song:
    """``sing`` to an HTTP server."""
    return _timed(way, silence_s, _request)


def _timed(way: Endpoint, silence_s: float, talk: Callable[[socket.socket, float], tuple[Fate, bool]]) -> Song:
    began_s = time.monotonic()
    greeted = False
    try:
        with socket.create_connection((way.host, way.port), timeout=silence_s) as connection:
            fate, greeted = talk(connection, silence_s)
    except TimeoutError:
        fate = Fate.SILENT
    except ConnectionRefusedError:
        fate = Fate.REFUSED
    except OSError:
        fate = Fate.RESET
    return Song(fate, greeted, time.monotonic() - began_s)


def _greeting_and_nonsense(connection: socket.socket, silence_s: float) -> tuple[Fate, bool]:
    connection.sendall(NONSENSE)
    return _hear_out(connection, silence_s, said=True)


def _greeting_then_nonsense(connection: socket.socket, silence_s: float) -> tuple[Fate, bool]:
    return _hear_out(connection, silence_s, said=False)


def _hear_out(connection: socket.socket, silence_s: float, *, said: bool) -> tuple[Fate, bool]:
    greeting: bytes | None = None
    with contextlib.suppress(TimeoutError):
        greeting = connection.recv(4096)
    if greeting is not None and greeting[4:5] in _ALL_THAT_COMES:
        return (Fate.ANSWERED if greeting else Fate.ENDED), bool(greeting)
    greeted = greeting is not None
    if not said:
        connection.sendall(NONSENSE)
    connection.settimeout(silence_s if greeted else silence_s / 3)
    try:
        answer = connection.recv(4096)  # an error, or the end of the connection
    except TimeoutError:
        return Fate.SILENT, greeted
    except ConnectionResetError:
        return Fate.RESET, greeted
    return (Fate.ANSWERED if greeted or answer else Fate.HEARD), greeted


def _request(connection: socket.socket, _silence_s: float) -> tuple[Fate, bool]:
    connection.sendall(_REQUEST)
    return (Fate.ANSWERED if connection.recv(16).startswith(b"HTTP/") else Fate.HEARD), False
