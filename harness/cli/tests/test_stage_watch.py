"""What looks on at a drill sees every socket of the run's processes, and nobody else's."""

import os
import socket
import subprocess
import sys
from contextlib import closing

from hadrill.harness.cli.tests.stage_watch import listeners

CHILD = "import socket, sys; s = socket.create_server(('127.83.250.9', 0)); print(s.getsockname()[1], flush=True); {}"


def test_listeners_are_seen_wherever_they_are() -> None:
    """Over TCP and UDP, on loopback and off it; what is only connected, or has been closed, listens at nothing."""
    with (
        closing(socket.create_server(("127.83.250.8", 0))) as server,
        closing(socket.create_server(("0.0.0.0", 0))) as wide,
        closing(socket.socket(type=socket.SOCK_DGRAM)) as receiver,
        closing(socket.create_connection(server.getsockname())) as connected,
    ):
        receiver.bind(("127.83.250.8", 0))
        opened = {f"{host}:{port}" for host, port in (each.getsockname() for each in (server, wide, receiver))}
        seen = listeners(os.getpid())
        assert (opened - seen, "{}:{}".format(*connected.getsockname()) in seen) == (set(), False)
    assert opened & listeners(os.getpid()) == set()


def test_listeners_of_children_are_seen() -> None:
    """Of the run's own, and of no other process."""
    argv = (sys.executable, "-c", CHILD.format("sys.stdin.read()"))
    with subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        address = f"127.83.250.9:{child.stdout.readline().strip()}"
        assert address in listeners(os.getpid())
        assert address in listeners(child.pid)
        with subprocess.Popen((sys.executable, "-c", "import sys; sys.stdin.read()"), stdin=subprocess.PIPE) as other:
            assert listeners(other.pid) == set()
