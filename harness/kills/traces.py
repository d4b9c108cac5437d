"""All that one drill has running and lying about, told from every other drill's by a mark of its own."""

import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Final, Self

from hadrill.environments.embedded.label import KILL_VARIABLE, PROGRAM_VARIABLE, RUN_VARIABLE
from hadrill.environments.embedded.processes import ProcessStat, all_processes, is_own, kill_process
from hadrill.environments.embedded.program_names import HAPROXY, TOXIPROXY
from hadrill.environments.embedded.settings import load_settings
from hadrill.environments.embedded.work_folder import work_root
from hadrill.harness.kills.plan import Part
from hadrill.harness.kills.surroundings import Surroundings
from hadrill.harness.model.topology import MANAGER

GUARDIAN: Final = "hadrill.environments.embedded.guardian"
_PROGRAMS: Final = {Part.TOXIPROXY: TOXIPROXY, Part.HAPROXY: HAPROXY, Part.MANAGER: MANAGER}
_BIND: Final = re.compile(r"^\s*bind (\d+\.\d+\.\d+)\.", re.MULTILINE)
_LONGEST_NAME: Final = 80


@dataclass(frozen=True, slots=True)
class Process:
    """A process of a drill.

    Attributes:
        command: its words.
        run: work folder of the site that it belongs to; empty for the harness and what it started itself.
        program: its name in that site; empty for servers and whatever else there is.
    """

    stat: ProcessStat
    command: tuple[str, ...]
    run: str = ""
    program: str = ""

    def __str__(self) -> str:
        return self._told(self.command)

    @property
    def without_folders(self) -> str:
        """The same for whoever reads it on another machine."""
        return self._told(PurePath(word).name for word in self.command)

    def _told(self, words: Iterable[str]) -> str:
        return f"process {self.stat.pid}: {' '.join(words)[:_LONGEST_NAME]}"


@dataclass(frozen=True, slots=True)
class Traces:
    """What is left of a drill.

    Its processes are known by a mark of the drill's own, which nothing takes from them or overwrites.

    Attributes:
        temporary: the drill's folder for temporary files, where its servers' files are as well. It is made where those
            of any drill would be, with a short name, since servers put sockets below it.
        before: what was there when it began.
    """

    temporary: Path
    before: Surroundings = field(default_factory=Surroundings.now)

    @classmethod
    def begin(cls) -> Self:
        """Make the folder.

        Raises:
            WrongCall: TMPDIR is no folder.
            OSError: it cannot be made.
        """
        return cls(Path(tempfile.mkdtemp(prefix="k", dir=work_root(load_settings()))))

    @classmethod
    def left_in(cls, folder: Path) -> Self | None:
        """What is left of an earlier drill; None where no drill of this user's makes such a folder."""
        return cls(folder) if folder.parent == work_root(load_settings()) else None

    @property
    def environment(self) -> Mapping[str, str]:
        """Of the drill; all that it starts carries it on."""
        return {**os.environ, "TMPDIR": str(self.temporary), KILL_VARIABLE: str(self.temporary)}

    def processes(self) -> tuple[Process, ...]:
        """All of the drill's, the eldest first."""
        mark = os.fsencode(f"{KILL_VARIABLE}={self.temporary}")
        seen = (_process(stat, mark) for stat in all_processes())
        return tuple(sorted((one for one in seen if one is not None), key=lambda one: one.stat.started))

    def left(self) -> tuple[str, ...]:
        """Every process, file and listener of it, and what may be one, in words."""
        files = sorted(path.name for path in self.temporary.iterdir()) if self.temporary.exists() else []
        hidden = (f"process {one.pid}, which cannot be looked into" for one in self._hidden())
        return (*map(str, self.processes()), *hidden, *(f"file {name}" for name in files), *self.before.added())

    def _hidden(self) -> tuple[ProcessStat, ...]:
        """This user's that have begun since and do not show their mark."""
        young = (stat for stat in all_processes() if stat.started >= self.before.tick)
        return tuple(stat for stat in young if _environ(stat.pid) is None and is_own(stat))

    def clear(self) -> None:
        """End and remove what is left, and the folder itself."""
        for process in self.processes():
            kill_process(process.stat)
        shutil.rmtree(self.temporary, ignore_errors=True)


def candidates(part: Part, processes: Iterable[Process], drill: int) -> tuple[Process, ...]:
    """Those of a drill's processes that are that part (pure).

    Args:
        drill: process number of the harness.
    """
    every = tuple(processes)
    guardians = tuple(one for one in every if GUARDIAN in one.command)
    if part is Part.HARNESS:
        return tuple(one for one in every if one.stat.pid == drill)
    if part is Part.GUARDIAN:
        return guardians
    if part is Part.PARENT:
        parents = {one.stat.parent for one in guardians}
        return tuple(one for one in every if one.stat.pid in parents)
    return tuple(one for one in every if one.program == _PROGRAMS[part])


def network_of(victim: Process, processes: Iterable[Process]) -> str:
    """The first three numbers of the addresses of the victim's site; empty where it has none, or none yet."""
    run = victim.run or next((one.run for one in processes if one.stat.parent == victim.stat.pid and one.run), "")
    try:
        found = _BIND.search((Path(run) / "haproxy.cfg").read_text(encoding="utf-8")) if run else None
    except OSError:
        return ""
    return found[1] if found else ""


def _process(stat: ProcessStat, mark: bytes) -> Process | None:
    environ = _environ(stat.pid)
    if environ is None or mark not in environ.split(b"\0"):
        return None
    try:
        command = (Path("/proc") / str(stat.pid) / "cmdline").read_bytes()
    except OSError:
        return None  # gone
    variables = dict(pair.split("=", 1) for pair in _words(environ) if "=" in pair)
    run, program = variables.get(RUN_VARIABLE, ""), variables.get(PROGRAM_VARIABLE, "")
    return Process(stat, _words(command), run, program)


def _environ(pid: int) -> bytes | None:
    """Empty where it is gone, has ended or is the kernel's own; None where it does not let itself be looked into."""
    try:
        return (Path("/proc") / str(pid) / "environ").read_bytes()
    except PermissionError:
        return None
    except OSError:
        return b""


def _words(text: bytes) -> tuple[str, ...]:
    return tuple(word.decode(errors="replace") for word in text.split(b"\0") if word)
