"""The nodes: each has a data directory of its own and a database server that is started and stopped on it."""

import secrets
import shutil
import signal
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from hadrill.environments.embedded.greeting import greets
from hadrill.environments.embedded.program_names import copy_for
from hadrill.environments.embedded.remove import remove_folder
from hadrill.environments.embedded.room.program import ProgramSpec, ProgramState
from hadrill.environments.embedded.room.programs import Programs
from hadrill.environments.embedded.room.refusal import Refusal
from hadrill.harness.engines.mysql.installation import Installation
from hadrill.harness.engines.mysql.options import ServerPlace, server_arguments
from hadrill.harness.errors import WrongCall

_COPY_TIMEOUT_S: Final = 120.0
_STOP_TIMEOUT_S: Final = 60.0
_GREETING_TIMEOUT_S: Final = 0.5
_BLOCK_BYTES: Final = 512  # whatever the file system's own are (POSIX)


@dataclass(frozen=True, slots=True)
class NodePlace:
    """One node: where it stands and where its server listens."""

    name: str
    rack: str
    host: str
    port: int
    server_id: int


@dataclass(frozen=True, slots=True)
class NodeDefaults:
    """What all nodes share.

    Attributes:
        template: data directory that is copied for a node.
        variables: system variables of every server, overridden by those asked for.
        env: environment of every server.
    """

    work: Path
    template: Path
    installation: Installation
    variables: Mapping[str, str]
    env: Mapping[str, str]


class Nodes:
    """All nodes of a run; their servers are programs named as the nodes."""

    def __init__(self, programs: Programs, places: tuple[NodePlace, ...], defaults: NodeDefaults) -> None:
        self._programs = programs
        self._defaults = defaults
        self._places = {place.name: place for place in places}
        self._locks = {place.name: threading.Lock() for place in places}

    def place(self, name: str) -> NodePlace:
        """The node of that name.

        Raises:
            Refusal: there is none.
        """
        if name not in self._places:
            raise Refusal(404, f"there is no node {name!r}")
        return self._places[name]

    def state(self, name: str) -> ProgramState:
        """``absent``: no data directory; ``prepared``: never started on the one that it has; else as of its server."""
        state = self._programs.state(self.place(name).name)
        if state.state in {"running", "paused"}:
            return state
        if not self._data(name).is_dir():
            return replace(state, state="absent")
        return replace(state, state="prepared") if state.state == "absent" else state

    def stored_bytes(self, name: str) -> int:
        """What the files of its data directory take on disk; files that go meanwhile count for nothing."""
        return sum(_stored(path) for path in self._data(self.place(name).name).rglob("*"))

    def prepare(self, name: str) -> ProgramState:
        """Copy the template to the node; a data directory that is there is left as it is."""
        with self._locks[self.place(name).name]:
            data = self._data(name)
            if not data.is_dir():
                self._copy_template(name, data)
        return self.state(name)

    def start(self, name: str, variables: Mapping[str, str], init_sql: str) -> ProgramState:
        """Start the node's server; returns at once. One that runs is left as it is, its ``init_sql`` unread.

        Args:
            init_sql: statements that the server runs before it lets anyone in, one a line.

        Raises:
            Refusal: the node is held down or has no data directory, or a variable cannot be set.
        """
        with self._locks[self.place(name).name]:
            state = self.state(name)
            if state.state in {"running", "paused"}:
                return state
            if state.state == "absent":
                raise Refusal(409, f"node {name} has no data directory; prepare it first")
            if state.held:
                raise Refusal(409, f"node {name} is held down; it starts again when it is released")
            spec = self._spec(name, variables)
            if not init_sql:
                return self._programs.start(name, spec)
            return self._start_with_init(name, spec, init_sql)

    def stop(self, name: str) -> ProgramState:
        """Ask the server to end, and wait until it has.

        Raises:
            Refusal: it had not within a minute (a paused one cannot).
        """
        if self._programs.signal(self.place(name).name, signal.SIGTERM) and not self._programs.wait_for_exit(
            name, _STOP_TIMEOUT_S
        ):
            raise Refusal(504, f"the server on node {name} had not ended {_STOP_TIMEOUT_S:g} s after it was asked to")
        return self.state(name)

    def kill(self, name: str, *, hold: bool = False) -> ProgramState:
        """SIGKILL to the node's server; see ``Programs.kill``."""
        self._programs.kill(self.place(name).name, hold=hold)
        return self.state(name)

    def release(self, name: str, *, start: bool) -> ProgramState:
        """Let go of a held node; see ``Programs.release``."""
        with self._locks[self.place(name).name]:
            self._programs.release(name, start=start)
        return self.state(name)

    def wipe(self, name: str) -> ProgramState:
        """Kill the server and remove the data directory; the log stays."""
        with self._locks[self.place(name).name]:
            self._programs.kill(name)
            self._programs.forget(name)
            remove_folder(self._folder(name))
        return self.state(name)

    def _copy_template(self, name: str, data: Path) -> None:
        if not self._defaults.template.is_dir():
            raise Refusal(409, f"the template {self._defaults.template} is not there yet")
        partial = data.with_name("data.partial")
        shutil.rmtree(partial, ignore_errors=True)
        data.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        argv = ("cp", "-a", "--reflink=auto", "--sparse=auto", "--", str(self._defaults.template), str(partial))
        copy = copy_for(name)
        log = self._defaults.work / "logs" / f"{copy}.log"
        self._programs.start(copy, ProgramSpec(argv, self._defaults.env, log))
        if not self._programs.wait_for_exit(copy, _COPY_TIMEOUT_S) or self._programs.state(copy).exit != 0:
            raise Refusal(507, f"the template could not be copied: {log.read_text(errors='replace').strip()}")
        partial.rename(data)

    def _spec(self, name: str, variables: Mapping[str, str]) -> ProgramSpec:
        place, folder = self._places[name], self._folder(name)
        log = self._defaults.work / "logs" / f"{name}.log"
        server = ServerPlace(
            datadir=self._data(name),
            socket=folder / "mysqld.sock",
            pid_file=folder / "mysqld.pid",
            log=log,
            host=place.host,
            port=place.port,
            server_id=place.server_id,
        )
        try:
            argv = server_arguments(self._defaults.installation, server, {**self._defaults.variables, **variables})
        except WrongCall as error:
            raise Refusal(400, str(error)) from error
        return ProgramSpec(argv, self._defaults.env, log)

    def _start_with_init(self, name: str, spec: ProgramSpec, init_sql: str) -> ProgramState:
        """The statements may hold passwords: the file is for this user alone and goes once it has been read."""
        file = self._folder(name) / f"init-{secrets.token_hex(4)}.sql"
        file.touch(mode=0o600)
        file.write_text(init_sql if init_sql.endswith("\n") else init_sql + "\n", encoding="utf-8")
        self._programs.start(name, replace(spec, argv=(*spec.argv, f"--init-file={file}")))
        self._programs.remember(name, spec)  # a restart by the host's init does not run them again
        threading.Thread(target=self._remove_once_read, args=(name, file), daemon=True).start()
        return self.state(name)

    def _remove_once_read(self, name: str, file: Path) -> None:
        place = self._places[name]
        while self._programs.state(name).state in {"running", "paused"}:
            if greets(place.host, place.port, _GREETING_TIMEOUT_S).is_greeting:
                break  # a server greets nobody before it has run its init file
            time.sleep(0.05)
        file.unlink(missing_ok=True)

    def _folder(self, name: str) -> Path:
        return self._defaults.work / "nodes" / name

    def _data(self, name: str) -> Path:
        return self._folder(name) / "data"


def _stored(path: Path) -> int:
    try:
        return path.lstat().st_blocks * _BLOCK_BYTES
    except FileNotFoundError:
        return 0
