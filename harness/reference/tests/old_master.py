"""A real MySQL 5.6 for the tests of what a disaster-recovery instance may follow."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from hadrill.environments.parts.old_mysql import old_mysql
from hadrill.environments.parts.settings import PartSettings
from hadrill.harness.engines.mysql.session import Session, SqlError
from hadrill.harness.model.instance import Account, Endpoint
from hadrill.harness.wait import until

ENDPOINT: Final = Endpoint("127.56.0.1", 13356)
LIMIT_S: Final = 60.0


@contextmanager
def old_master(folder: Path, *, gtid: bool) -> Iterator[Session]:
    """A connection to a server that runs on a copy of its package's empty data directory; it ends with the test."""
    place = old_mysql(PartSettings.from_environ(os.environ, fetch=False))
    data, account = folder / "data", Account("judge", os.urandom(8).hex())
    shutil.copytree(place / "data" / "mysql", data)
    first = folder / "first.sql"
    first.write_text(f"GRANT ALL ON *.* TO '{account.user}'@'%' IDENTIFIED BY '{account.password}';\n")
    with subprocess.Popen(_argv(place, data, first, gtid=gtid), env={"LD_LIBRARY_PATH": str(place)}) as server:
        try:
            yield until(lambda: _session(account), "MySQL 5.6 to answer", timeout_s=LIMIT_S, tolerate=(SqlError,))
        finally:
            server.kill()


def _session(account: Account) -> Session:
    return Session(ENDPOINT, account, answer_s=3)


def _argv(place: Path, data: Path, first: Path, *, gtid: bool) -> list[str]:
    options = {
        "user": "root" if os.geteuid() == 0 else "",
        "basedir": str(place),
        "datadir": str(data),
        "lc-messages-dir": str(place / "share"),
        "socket": str(data / "s"),
        "log-error": str(data / "log"),
        "bind-address": ENDPOINT.host,
        "port": str(ENDPOINT.port),
        "server-id": "1",
        "innodb-buffer-pool-size": "16M",
        "init-file": str(first),
        "gtid-mode": "ON" if gtid else "OFF",
    }
    switches = ["--skip-name-resolve", "--log-bin=binlog", "--log-slave-updates", "--enforce-gtid-consistency"]
    given = [f"--{name}={value}" for name, value in options.items() if value]
    return [str(place / "mysqld"), "--no-defaults", "--performance-schema=OFF", *given, *switches]
