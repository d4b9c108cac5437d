"""The clients together: how they stop when nobody answers."""

import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from hadrill.harness.model.operation import Kind, Outcome
from hadrill.harness.workload.crew import Crew, offset_ns
from hadrill.harness.workload.tests.load_settings import client, load


@pytest.fixture
def silent() -> Iterator[socket.socket]:
    """A port that lets clients connect and never says a word, as the kernel of a paused server does."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(5)
        yield listener


def test_nothing_in_flight_goes_unrecorded(tmp_path: Path, silent: socket.socket) -> None:
    """A client that waits for an answer at the stop is cut off, not waited for, and records what it tried."""
    settings = load(
        tmp_path,
        *(client(kind, port=silent.getsockname()[1], connect_timeout_s=60) for kind in ("writer", "visitor")),
        drain_s=0,
    )
    crew = Crew(settings, lambda _: None)
    crew.start()
    connections = [silent.accept()[0] for _ in settings.clients]
    began_s = time.monotonic()
    assert crew.stop() == ()
    assert time.monotonic() - began_s < 4
    for connection in connections:
        connection.close()
    tried = [[(row["kind"], row["outcome"], row["error"]) for row in columns.take()[0]] for columns in crew.columns]
    assert tried == [[(Kind.WRITE, Outcome.REFUSED, 2013)], [(Kind.LOGIN, Outcome.REFUSED, 2013)]]


def test_clients_that_were_stopped_are_not_lost(tmp_path: Path, silent: socket.socket) -> None:
    """A client is lost when its thread ends although it was not told to."""
    crew = Crew(load(tmp_path, client(port=silent.getsockname()[1]), drain_s=0), lambda _: None)
    assert crew.lost() == ("writer",)
    crew.start()
    assert crew.lost() == ()
    crew.stop()
    assert crew.lost() == ()


def test_clients_of_a_kind_are_spread_over_their_beat() -> None:
    """Together the writers look more often than each of them does; other kinds do not shift them."""
    clients = (client("visitor"), *(client(name=f"writer-{number}", pace_ms=10) for number in range(4)))
    assert [0, 0, 2_500_000, 5_000_000, 7_500_000] == [offset_ns(clients, place) for place in range(5)]
