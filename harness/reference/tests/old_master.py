"""Real MySQL 5.6 and 5.5 for the tests of what a disaster-recovery instance may follow."""

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Final

from hadrill.environments.parts.old_mysql import OldMysql
from hadrill.harness.engines.mysql.session import Session, SqlError
from hadrill.harness.model.instance import Account, Endpoint
from hadrill.harness.wait import until

ENDPOINT: Final = Endpoint("127.56.0.1", 13356)
LIMIT_S: Final = 60.0
WITH_GTID: Final = MappingProxyType({"log-slave-updates": "ON", "enforce-gtid-consistency": "ON", "gtid-mode": "ON"})


@dataclass(frozen=True, slots=True)
class OldServer:
    """One that can be started.

    Attributes:
        parts: its program, its messages and an empty data directory.
        folder: where it keeps its things.
        options: on top of what each gets; before 5.6 none knows of GTID.
    """

    parts: OldMysql
    folder: Path
    options: Mapping[str, str] = field(default_factory=dict)

    @contextmanager
    def running(self, account: Account) -> Iterator[None]:
        """Answers the account, which may do everything, until it is left; then it is ended."""
        shutil.copytree(self.parts.tables, self._data / "mysql")
        self._first.write_text(f"GRANT ALL ON *.* TO '{account.user}'@'%' IDENTIFIED BY '{account.password}';\n")
        with subprocess.Popen(self._argv(), env={"LD_LIBRARY_PATH": str(self.parts.program.parent)}) as server:
            try:
                until(lambda: self._answers(account), "the server to answer", timeout_s=LIMIT_S, tolerate=(SqlError,))
                yield
            finally:
                server.kill()

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    @property
    def _first(self) -> Path:
        return self.folder / "first.sql"

    def _answers(self, account: Account) -> bool:
        with Session(ENDPOINT, account, answer_s=3):
            return True

    def _argv(self) -> list[str]:
        options = {
            "user": "root" if os.geteuid() == 0 else "",
            "basedir": str(self.parts.program.parent),
            "datadir": str(self._data),
            "lc-messages-dir": str(self.parts.messages),
            "socket": str(self._data / "s"),
            "log-error": str(self._data / "log"),
            "bind-address": ENDPOINT.host,
            "port": str(ENDPOINT.port),
            "server-id": "1",
            "innodb-buffer-pool-size": "16M",
            "init-file": str(self._first),
            "log-bin": "binlog",
            **self.options,
        }
        given = [f"--{name}={value}" for name, value in options.items() if value]
        return [str(self.parts.program), "--no-defaults", "--skip-name-resolve", "--performance-schema=OFF", *given]
