"""One bare MySQL server: what the time to a ready pair is compared with, and where the ledger's cost is measured."""

import os
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pymysql

from hadrill.environments.embedded.guardian import PDEATHSIG
from hadrill.environments.embedded.label import write_label
from hadrill.environments.embedded.remove import remove_folder
from hadrill.environments.embedded.settings import EmbeddedSettings
from hadrill.environments.embedded.work_folder import mark_environment, new_work_folder, work_root
from hadrill.harness.bench.first_row import LIMIT_S, POLL_S, insert_first_row
from hadrill.harness.engines.mysql.installation import Installation
from hadrill.harness.engines.mysql.options import ServerPlace, server_arguments
from hadrill.harness.errors import HarnessTrouble
from hadrill.harness.evidence.clock import now_ns
from hadrill.harness.model.instance import Endpoint
from hadrill.harness.wait import NotYet, until

_OPEN: Final = {"super_read_only": "OFF", "offline_mode": "OFF"}
"""Nobody is there who would open it to clients; all other options are those of a pair's servers."""


@dataclass(frozen=True, slots=True)
class BareServer:
    """A server that runs.

    Attributes:
        endpoint: where it listens.
        root: a connection over its own socket, open.
    """

    endpoint: Endpoint
    root: "pymysql.Connection[Any]"


def bare_server_s(installation: Installation, template: Path, settings: EmbeddedSettings) -> float:
    """Seconds from nothing running to a bare server's first acknowledged row; arguments as for ``bare_server``.

    Raises:
        HarnessTrouble: the server ended, or did not answer in time.
    """
    began_ns = now_ns()
    with bare_server(installation, template, settings) as server:
        insert_first_row(server.root)
        ready_ns = now_ns()
    return (ready_ns - began_ns) / 1e9


@contextmanager
def bare_server(installation: Installation, template: Path, settings: EmbeddedSettings) -> Iterator[BareServer]:
    """A server from nothing; it is killed and its files are removed in the end.

    Args:
        template: an initialised data directory; it is copied as for a node.
        settings: of the environment that a pair runs in.

    Raises:
        HarnessTrouble: the server ended, or did not answer in time.
    """
    with _work_folder(settings) as work:
        _copy(template, work / "data")
        place = _place(work)
        argv = server_arguments(installation, place, {**settings.variables, **_OPEN})
        server = subprocess.Popen((*PDEATHSIG, *argv), env=mark_environment(work, {}))
        try:
            with _first_connection(server, place) as connection:
                yield BareServer(Endpoint(place.host, place.port), connection)
        finally:
            server.kill()
            server.wait(LIMIT_S)


@contextmanager
def _work_folder(settings: EmbeddedSettings) -> Iterator[Path]:
    """Labelled as a run's, so that the next start clears what a killed benchmark leaves behind."""
    work = new_work_folder(work_root(settings))
    work.mkdir(mode=0o700)
    try:
        with write_label(work, os.getpid()):
            yield work
    finally:
        remove_folder(work)


def _copy(template: Path, data: Path) -> None:
    """As the room copies it for a node."""
    command = ("cp", "-a", "--reflink=auto", "--sparse=auto", "--", str(template), str(data))
    copied = subprocess.run(command, capture_output=True, text=True, timeout=LIMIT_S, check=False)
    if copied.returncode != 0:
        raise HarnessTrouble(f"{template} could not be copied to {data}: {copied.stderr.strip()}")


def _place(work: Path) -> ServerPlace:
    return ServerPlace(
        datadir=work / "data",
        socket=work / "mysqld.sock",
        pid_file=work / "mysqld.pid",
        log=work / "mysqld.log",
        host="127.0.0.1",
        port=_free_port(),
        server_id=1,
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _first_connection(server: "subprocess.Popen[bytes]", place: ServerPlace) -> "pymysql.Connection[Any]":
    """Root may come over the server's own socket only."""

    def connect() -> "pymysql.Connection[Any] | NotYet":
        if server.poll() is not None:
            raise HarnessTrouble(f"the bare server ended with {server.returncode}; its last words: {_tail(place.log)}")
        if not place.socket.is_socket():
            return NotYet("no socket yet")
        return pymysql.connect(
            unix_socket=str(place.socket), user="root", autocommit=True, read_timeout=LIMIT_S, write_timeout=LIMIT_S
        )

    what = "the bare server to let a client in"
    return until(connect, what, timeout_s=LIMIT_S, interval_s=POLL_S, tolerate=(pymysql.MySQLError,))


def _tail(log: Path) -> str:
    return log.read_text(encoding="utf-8", errors="replace")[-300:].strip() if log.is_file() else "none"
