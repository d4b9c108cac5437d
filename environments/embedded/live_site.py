"""A running topology on this machine, and the harness's hands on it."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from hadrill.environments.embedded.hands import Nodes, Process, Programs
from hadrill.environments.embedded.lease import Lease
from hadrill.environments.embedded.links import Links
from hadrill.environments.embedded.pen import Pen
from hadrill.environments.embedded.program_names import HAPROXY, TOXIPROXY
from hadrill.harness.errors import HarnessTrouble, WrongCall
from hadrill.harness.model.instance import Endpoint
from hadrill.harness.model.inventory import Inventory


@dataclass(slots=True)
class EmbeddedSite:
    """A running site. A context manager: leaving it ends every process and removes every file.

    Attributes:
        inventory: where everything is reached.
        manager: free for the drilled service's manager to listen on.
        rack_token: opens the racks' hosts.
        work: the run's work folder, gone after ``close``.
        nodes: kill, pause, resume and release a node's server.
        links: put toxics on links, read them back, heal.
    """

    inventory: Inventory
    manager: Endpoint
    rack_token: str = field(repr=False)
    work: Path
    nodes: Nodes
    links: Links
    _programs: Programs
    _pen: Pen
    _lease: Lease
    _closed: bool = False

    def spawn(
        self,
        name: str,
        argv: tuple[str, ...],
        env: Mapping[str, str] | None = None,
        stdin_text: str = "",
        log: Path | None = None,
    ) -> Process:
        """Start a program beside the servers; see ``Programs.spawn``."""
        return self._programs.spawn(name, argv, env, stdin_text, log)

    def process(self, name: str) -> Process:
        """A program that was spawned before, by name."""
        return Process(name, self._programs.room, self.work)

    def check(self) -> None:
        """Make sure that our own instruments still run.

        Raises:
            HarnessTrouble: the guardian, the room, Toxiproxy or HAProxy has ended; there is no verdict then.
        """
        if not self._pen.stands:
            raise HarnessTrouble(f"the guardian of {self.work} ended: no verdict")
        for name in (TOXIPROXY, HAPROXY):
            self.process(name).require_running()

    def keep_logs(self, folder: Path) -> None:
        """Copy every program's log to a folder, made if need be.

        Raises:
            WrongCall: they cannot be written there.
        """
        try:
            folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            shutil.copytree(self.work / "logs", folder, dirs_exist_ok=True)
        except OSError as error:
            raise WrongCall(f"the logs cannot be copied to {folder}: {error.strerror or error}") from error

    def close(self) -> None:
        """End everything at once and remove the work folder; a second call does nothing.

        Raises:
            HarnessTrouble: a process could not be ended, or the guardian had died before (its files are removed).
        """
        if self._closed:
            return
        self._closed = True
        try:
            self._pen.close()
        finally:
            self._lease.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
