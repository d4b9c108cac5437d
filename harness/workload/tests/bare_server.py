"""One MySQL server for tests, with nothing around it: no proxy, no manager, no replication."""

import os
import shutil
import signal
import socket
import subprocess
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pymysql

from hadrill.harness.engines.mysql.installation import Installation
from hadrill.harness.engines.mysql.options import ServerPlace, initialise_arguments, server_arguments
from hadrill.harness.model.instance import Account, Endpoint
from hadrill.harness.wait import NotYet, until

OWNER = Account("owner", "owner-s3cret")
READER = Account("reader", "reader-s3cret")
_ACCOUNTS = (
    *(f"CREATE USER {account.user}@'127.0.0.1' IDENTIFIED BY '{account.password}'" for account in (OWNER, READER)),
    f"GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, DROP, REFERENCES, RELOAD ON *.* TO {OWNER.user}@'127.0.0.1'",
    f"GRANT SELECT ON *.* TO {READER.user}@'127.0.0.1'",
)
_OPEN = {"super_read_only": "OFF", "offline_mode": "OFF"}


def initialise(installation: Installation, folder: Path) -> Path:
    """An empty data directory, to be copied."""
    arguments = initialise_arguments(installation, folder / "template", folder / "initialise.log")
    subprocess.run(arguments, check=True, timeout=60)
    return folder / "template"


class BareServer:
    """A server on loopback, started at once; it goes when this process does."""

    def __init__(self, installation: Installation, template: Path, folder: Path, server_id: int) -> None:
        shutil.copytree(template, folder / "data")
        (folder / "data" / "auto.cnf").unlink(missing_ok=True)
        self.endpoint = Endpoint("127.0.0.1", _free_port())
        self.server_id = server_id
        self._socket = folder / "s"
        place = ServerPlace(
            datadir=folder / "data",
            socket=self._socket,
            pid_file=folder / "pid",
            log=folder / "log",
            host=self.endpoint.host,
            port=self.endpoint.port,
            server_id=server_id,
        )
        self._arguments = ("setpriv", "--pdeathsig", "KILL", *server_arguments(installation, place, _OPEN))
        self._process = subprocess.Popen(self._arguments)
        self.wait_until_up()
        self.run(*_ACCOUNTS)

    def run(self, *statements: str) -> list[tuple[Any, ...]]:
        """Run statements as root over the server's own socket; the rows of the last one."""
        with pymysql.connect(
            unix_socket=str(self._socket), user="root", autocommit=True, read_timeout=20
        ) as connection:
            for statement in statements:
                with connection.cursor() as cursor:
                    cursor.execute(statement)
                    rows = list(cursor.fetchall())
        return rows

    def wait_until_up(self) -> None:
        """Wait until it answers."""
        until(self._greets, "the server's greeting", timeout_s=30, tolerate=(OSError,))

    def kill(self) -> None:
        """Kill -9."""
        self._process.kill()
        self._process.wait(20)

    def wait_for_end(self) -> None:
        """Wait until a shutdown is through."""
        self._process.wait(30)

    def restart(self, *options: str) -> None:
        """Start it again after a kill, with these options besides."""
        self._process = subprocess.Popen((*self._arguments, *options))
        self.wait_until_up()

    @contextmanager
    def group_of_one(self) -> Iterator[None]:
        """Make it a group that has no other member, and takes no transaction above 1000 bytes."""
        self.run(
            "INSTALL PLUGIN group_replication SONAME 'group_replication.so'",
            f"SET GLOBAL group_replication_group_name = '{uuid.uuid4()}'",
            f"SET GLOBAL group_replication_local_address = '127.0.0.1:{_free_port()}'",
            "SET GLOBAL group_replication_bootstrap_group = ON",
            "SET GLOBAL group_replication_transaction_size_limit = 1000",
            "START GROUP_REPLICATION",
        )
        yield
        self.run("STOP GROUP_REPLICATION", "SET GLOBAL read_only = OFF", "UNINSTALL PLUGIN group_replication")

    def pause(self) -> None:
        """Stop it running without ending it."""
        os.kill(self._process.pid, signal.SIGSTOP)

    def resume(self) -> None:
        """Let it run again."""
        os.kill(self._process.pid, signal.SIGCONT)

    def _greets(self) -> bool | NotYet:
        with socket.socket(socket.AF_UNIX) as probe:
            probe.settimeout(5)
            probe.connect(str(self._socket))
            return True if probe.recv(1) else NotYet("closed without a greeting")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
