"""A server that knows when it stops and starts answering: ``python -m hadrill.harness.bench.stub_server OUTAGES``.

It is the stopwatch's own truth and nothing that is drilled. First it says where it listens; after a line on standard
input it has its outages, one after the other, and says of each in a line of JSON how, and from when until when
(monotonic clock). An outage is *cut* (connections end, new ones end before the greeting) or *silent* (nothing is
answered, and connections end when it is over). After it another server seems to answer. It ends with standard input.
"""

import asyncio
import json
import random
import sys
from dataclasses import dataclass, field
from typing import Final

from hadrill.harness.bench import stub_protocol as protocol
from hadrill.harness.evidence.clock import now_ns

SERVER_IDS: Final = (1, 2)
MANNERS: Final = ("cut", "silent")
SEED: Final = 5
UP_S: Final = (0.25, 0.35)
DOWN_S: Final = (0.05, 0.25)


@dataclass(slots=True)
class House:
    """What all connections share.

    Attributes:
        state: ``open``, or the manner in which nothing is answered.
        server_id: who seems to answer.
        guests: connections that were greeted, or wait for it in silence.
    """

    state: str = "open"
    server_id: int = SERVER_IDS[0]
    guests: "set[asyncio.Transport]" = field(default_factory=set)

    def stop(self, manner: str) -> None:
        """Answer nobody from now on."""
        self.state = manner
        if manner == "cut":
            self.show_out()

    def start(self) -> None:
        """Answer as another server, over new connections."""
        self.show_out()
        self.server_id = next(server for server in SERVER_IDS if server != self.server_id)
        self.state = "open"

    def show_out(self) -> None:
        """End every connection."""
        while self.guests:
            self.guests.pop().abort()


class Guest(asyncio.Protocol):
    """One connection."""

    def __init__(self, house: House) -> None:
        self._house: Final = house
        self._received: Final = bytearray()
        self._logged_in = False
        self._transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Greet, turn away, or keep silent."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        if self._house.state == "cut":
            transport.abort()
            return
        self._house.guests.add(transport)
        if self._house.state == "open":
            transport.write(protocol.greeting())

    def data_received(self, data: bytes) -> None:
        """Answer what has come as a whole; what comes in silence is never answered."""
        self._received.extend(data)
        for body in protocol.whole_packets(self._received):
            if self._house.state == "open":
                self._answer(body)

    def connection_lost(self, _error: Exception | None) -> None:
        """Forget it."""
        self._house.guests.discard(self._transport)

    def _answer(self, body: bytes) -> None:
        if not self._logged_in:
            self._logged_in = True
            self._transport.write(protocol.ok(2))
        elif body[0] == protocol.QUIT:
            self._transport.abort()
        elif body[0] == protocol.QUERY and b"@@server_id" in body:
            self._transport.write(protocol.number(self._house.server_id))
        else:
            self._transport.write(protocol.ok(1))


async def serve(outages: int) -> None:
    """Listen, wait for a line on standard input, and have so many outages."""
    loop, house, chance = asyncio.get_running_loop(), House(), random.Random(SEED)  # noqa: S311 - no secret
    listener = await loop.create_server(lambda: Guest(house), "127.0.0.1", 0)
    _say({"port": listener.sockets[0].getsockname()[1]})
    await loop.run_in_executor(None, sys.stdin.readline)
    for place in range(outages):
        manner = MANNERS[place % len(MANNERS)]
        await asyncio.sleep(chance.uniform(*UP_S))
        stopped_ns = now_ns()
        house.stop(manner)
        await asyncio.sleep(chance.uniform(*DOWN_S))
        started_ns = now_ns()
        house.start()
        _say({"manner": manner, "stopped_ns": stopped_ns, "started_ns": started_ns})
    await loop.run_in_executor(None, sys.stdin.readline)


def _say(line: dict[str, object]) -> None:
    print(json.dumps(line), flush=True)


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
