"""Connections that show whether a link carries anything: no account, no query, only what a server says by itself."""

import socket
import time
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

from hadrill.environments.embedded.greeting import greets
from hadrill.harness.model.instance import Endpoint
from hadrill.harness.model.inventory import Inventory
from hadrill.harness.model.topology import Link
from hadrill.harness.wait import NotYet

SILENCE_S: Final = 0.3
"""How long a canary waits before it says that nothing comes; a server here greets within milliseconds."""

_NONSENSE: Final = b"\x01\x00\x00\x01\x00"  # a packet of one byte where a login should come
_AT_ONCE: Final = 16


@dataclass(frozen=True, slots=True)
class Song:
    """What a canary found.

    Attributes:
        sings: the other end answered as it should.
        seen: what came, or what did not, in words.
    """

    sings: bool
    seen: str


def sing(inventory: Inventory, link: Link, timeout_s: float = SILENCE_S) -> Song:
    """Whether a fresh connection over a link gets the target's first words: a greeting, or HTTP from a rack's host."""
    way = inventory.route(link.source, link.target)
    if ":" in link.target:
        return _http(way, timeout_s)
    greeting = greets(way.host, way.port, timeout_s)
    return Song(greeting.is_greeting, greeting.seen)


def sing_all(inventory: Inventory, links: Iterable[Link], timeout_s: float = SILENCE_S) -> Mapping[Link, Song]:
    """``sing`` over many links side by side."""
    listed = tuple(links)
    if not listed:
        return {}
    with ThreadPoolExecutor(max_workers=min(_AT_ONCE, len(listed))) as pool:
        return dict(zip(listed, pool.map(lambda link: sing(inventory, link, timeout_s), listed), strict=True))


def round_trip_s(way: Endpoint, timeout_s: float) -> float | None:
    """Seconds until a server has greeted and reacted to a packet of nonsense; None when it did not in that time.

    Both directions of the link are crossed, so either one held back shows; a server would wait seconds for a login that
    does not come.
    """
    began_s = time.monotonic()
    try:
        with socket.create_connection((way.host, way.port), timeout=timeout_s) as connection:
            greeting = connection.recv(4096)
            connection.sendall(_NONSENSE)
            connection.settimeout(max(0.001, began_s + timeout_s - time.monotonic()))
            connection.recv(4096)  # an error, or the end of the connection
    except OSError:
        return None
    return time.monotonic() - began_s if greeting else None


def sings_again(inventory: Inventory, links: Iterable[Link]) -> str | NotYet:
    """A probe for ``until``: every link carries something again; returns what was seen in words."""
    songs = sing_all(inventory, links)
    silent = [f"{link}: {song.seen}" for link, song in songs.items() if not song.sings]
    return NotYet("; ".join(silent)) if silent else f"{len(songs)} canary connections answered"


def _http(way: Endpoint, timeout_s: float) -> Song:
    try:
        with socket.create_connection((way.host, way.port), timeout=timeout_s) as connection:
            connection.sendall(b"GET / HTTP/1.0\r\n\r\n")
            answer = connection.recv(16)
    except TimeoutError:
        return Song(sings=False, seen=f"no answer within {timeout_s:g} s")
    except OSError as error:
        return Song(sings=False, seen=error.strerror or type(error).__name__)
    return Song(answer.startswith(b"HTTP/"), "an HTTP answer" if answer else "connection closed without an answer")
