"""A record to try things on, and processes that stand for its holder."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest

from hadrill.environments.embedded.processes import process_stat
from hadrill.harness.live.holder_id import HolderId, this_process
from hadrill.harness.live.record import LiveInstance, LiveNode, LiveRecord, LiveStage
from hadrill.harness.model.instance import Account, Edition, Endpoint, Instance, Member, Role, State
from hadrill.harness.model.topology import Node

PROGRAM = "import signal, sys; signal.signal(signal.SIGTERM, {on_term}); print(flush=True); sys.stdin.read()"


@pytest.fixture
def record() -> LiveRecord:
    """A pair on two of three nodes, held up by this process."""
    pair = Instance(
        id="db-1",
        edition=Edition.HIGH_AVAILABILITY,
        state=State.RUNNING,
        address=Endpoint("127.83.0.1", 14000),
        created_at="2026-11-21T09:00:02.000+00:00",
        members=(Member("a1", Role.PRIMARY), Member("b1", Role.SECONDARY)),
        protected=True,
    )
    nodes = (
        Node("a1", "a-1", "zone-a", "north"),
        Node("a2", "a-2", "zone-a", "north"),
        Node("b1", "b-1", "zone-b", "n"),
    )
    stage = LiveStage(
        work="/no/such/folder",
        logs="/no/such/folder/logs",
        manager=Endpoint("127.83.0.4", 13900),
        token="the-token",
        toxiproxy=Endpoint("127.83.0.1", 13900),
        auditor=Account("hadrill_auditor", "auditors-word"),
        nodes=tuple(LiveNode(node, Endpoint(f"127.83.0.{11 + k}", 13306)) for k, node in enumerate(nodes)),
        instances=(LiveInstance("ha", pair, (Account("owner", "owners-word"), Account("reader", "readers-word"))),),
        client=("mysql",),
    )
    return LiveRecord("ha", this_process(), datetime(2026, 11, 21, 9, 0, 0, tzinfo=UTC), stage)


@pytest.fixture
def program() -> Iterator[Callable[[str], subprocess.Popen[str]]]:
    """Starts a process that does as told on SIGTERM; it is killed after the test."""
    started: list[subprocess.Popen[str]] = []

    def start(on_term: str = "signal.SIG_DFL") -> subprocess.Popen[str]:
        child = subprocess.Popen(
            (sys.executable, "-c", PROGRAM.format(on_term=on_term)),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        started.append(child)
        assert child.stdout is not None
        child.stdout.readline()
        return child

    yield start
    for child in started:
        child.kill()
        child.communicate()


@pytest.fixture
def id_of() -> Callable[[subprocess.Popen[str]], HolderId]:
    """What would be written down of a process."""

    def identify(child: subprocess.Popen[str]) -> HolderId:
        stat = process_stat(child.pid)
        assert stat is not None
        return HolderId(child.pid, stat.started, this_process().boot)

    return identify
