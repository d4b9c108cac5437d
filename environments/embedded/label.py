"""The label in a run's work folder: whose it is, and how a later start knows that its run is dead."""

import fcntl
import json
import os
from pathlib import Path
from typing import Final, TextIO

from hadrill.environments.embedded.processes import boot_id, kill_process, labelled, process_stat, same_process
from hadrill.environments.embedded.remove import remove_folder

LABEL: Final = "label.json"
RUN_VARIABLE: Final = "HADRILL_RUN"
"""Environment variable that every process of a run carries; its value is the run's work folder."""
PROGRAM_VARIABLE: Final = "HADRILL_PROGRAM"
"""Environment variable that every program beside the servers carries; its value is the program's name in the run."""
KILL_VARIABLE: Final = "HADRILL_KILL"
"""Environment variable that every process of a drill carries of which a part is to be killed (harness/kills)."""


def folder_prefix() -> str:
    """What this user's work folders begin with."""
    return f"hadrill-{os.getuid()}-"


def write_label(work: Path, harness_pid: int) -> TextIO:
    """Label a work folder.

    Returns:
        the open label; its lock lasts until the last process that holds it has died.
    """
    stat = process_stat(harness_pid)
    file = (work / LABEL).open("w", encoding="utf-8")
    fcntl.flock(file, fcntl.LOCK_EX)
    json.dump({"boot": boot_id(), "harness": harness_pid, "started": stat.started if stat else 0}, file)
    file.flush()
    return file


def clear_dead_runs(root: Path) -> list[Path]:
    """End and remove what runs of this user left behind that are dead for certain; nothing else is touched.

    Returns:
        the folders that were removed.
    """
    dead = [folder for folder in sorted(root.glob(f"{folder_prefix()}*")) if _is_dead(folder)]
    for folder in dead:
        for stat in labelled(f"{RUN_VARIABLE}={folder}"):
            kill_process(stat)
        remove_folder(folder)
    return dead


def is_held(folder: Path) -> bool:
    """A process of its run lives, and holds its label."""
    try:
        with (folder / LABEL).open(encoding="utf-8") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        pass
    return False


def _is_dead(folder: Path) -> bool:
    """Dead: a label of this user's that nobody holds, and the harness that it names is gone."""
    if folder.is_symlink() or not folder.is_dir() or folder.stat().st_uid != os.getuid():
        return False
    try:
        with (folder / LABEL).open(encoding="utf-8") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            said = json.load(file)
            return bool(said["boot"] != boot_id()) or not same_process(said["harness"], said["started"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return False
