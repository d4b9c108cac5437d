"""A run's work folder: where it is made, what it needs, and what its programs get of the environment."""

import os
import re
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import hadrill
from hadrill.environments.embedded.label import KILL_VARIABLE, RUN_VARIABLE, folder_prefix
from hadrill.environments.embedded.settings import EmbeddedSettings
from hadrill.harness.errors import WrongCall

_LONGEST_PATH: Final = 60  # leaves room for "/nodes/NAME/mysqld.sock" within the 107 bytes of a Unix socket's path
MEMORY: Final = Path("/dev/shm")  # noqa: S108 - a file system in memory, where the kernel has one
MEMORY_AVAILABLE: Final = re.compile(r"^MemAvailable: +(\d+) kB$", re.MULTILINE)
_PASSED_ON: Final = ("PATH", "HOME", "TMPDIR", "TZ", "LANG", "LC_ALL", "LD_LIBRARY_PATH", KILL_VARIABLE)


def work_root(settings: EmbeddedSettings, memory: Path = MEMORY) -> Path:
    """Where work folders are made: as told by the settings or TMPDIR, else in memory where it has room, else on disk.

    Servers that share one slow disk wait for it and for little else. A process that is killed loses nothing that it
    wrote in either place; only a lost machine would tell the two apart, and none is lost here.

    Raises:
        WrongCall: TMPDIR is no folder.
    """
    named = os.environ.get("TMPDIR")
    if named and not Path(named).is_dir():  # Python would quietly take another one, the servers would not
        raise WrongCall(f"TMPDIR is {named}, which is no folder; set it to one that can be written to")
    if settings.work_root is not None:
        return settings.work_root
    roomy = not named and _has_room(memory, settings.memory_least_free_mib)
    return memory if roomy else Path(tempfile.gettempdir())


def new_work_folder(parent: Path) -> Path:
    """A path for a run's work folder, short enough for Unix sockets in it; the guardian makes the folder.

    Raises:
        WrongCall: the folder that it would be made in is not there, too long, or cannot be written to.
    """
    work = parent.absolute() / f"{folder_prefix()}{os.urandom(4).hex()}"
    if len(os.fsencode(work)) > _LONGEST_PATH:
        raise WrongCall(f"{parent} is too long a path for the servers' sockets; set TMPDIR to a shorter one")
    if not os.access(parent, os.W_OK | os.X_OK):
        raise WrongCall(f"{parent} cannot be written to; set TMPDIR to a folder that can")
    return work


def require_space(folder: Path, least_mib: int) -> None:
    """Make sure that a folder's disk has room.

    Raises:
        WrongCall: it has less; says how much.
    """
    free_mib = shutil.disk_usage(folder).free // 2**20
    if free_mib < least_mib:
        raise WrongCall(
            f"{folder} has {free_mib} MiB free and a run needs {least_mib}; set TMPDIR to a folder with more"
        )


def _has_room(memory: Path, least_mib: int) -> bool:
    """Both the file system in memory and the machine have so much free."""
    if not least_mib or not os.access(memory, os.W_OK | os.X_OK):
        return False
    said = MEMORY_AVAILABLE.search(Path("/proc/meminfo").read_text(encoding="ascii"))
    available_mib = int(said[1]) // 1024 if said else 0
    return min(available_mib, shutil.disk_usage(memory).free // 2**20) >= least_mib


def base_environment() -> dict[str, str]:
    """What our own programs get of the environment; ``hadrill`` can be imported wherever they run."""
    package = hadrill.__file__
    assert package is not None
    passed = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    return {"PATH": "/usr/local/bin:/usr/bin:/bin", **passed, "PYTHONPATH": str(Path(package).parent.parent)}


def last_words(work: Path, program: str) -> str:
    """The end of a program's log, in one line."""
    try:
        lines = (work / "logs" / f"{program}.log").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return "none"
    return " | ".join(line.strip() for line in lines[-3:] if line.strip())[-600:] or "none"


def mark_environment(work: Path, extra: Mapping[str, str]) -> dict[str, str]:
    """The environment of a program of a run: ours, its own, and the run's mark."""
    return {**base_environment(), **extra, RUN_VARIABLE: str(work)}
