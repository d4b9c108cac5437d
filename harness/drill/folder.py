"""Where a run writes: a folder of its own, made before anything else and named after the time."""

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from hadrill.harness.errors import WrongCall
from hadrill.harness.evidence.journal import JOURNAL

LATEST = "latest"
LEAST_FREE_BYTES = 64 << 20  # journal, segments and reports of a whole drill take a few tens of megabytes


@contextmanager
def folder_of_call(output: Path) -> Iterator[Path]:
    """The folder of a new run; where no run begins in it, it goes again, with every folder that was made for it.

    Raises:
        WrongCall: as ``make_folder``.
    """
    whole = output.absolute()
    missing = [path for path in (whole, *whole.parents) if not os.access(path, os.F_OK)]
    try:
        folder = make_folder(output)
        try:
            yield folder
        finally:
            discard_folder(folder)
    finally:
        with suppress(OSError):  # one that holds something stays, with those around it
            for path in missing:
                path.rmdir()


def make_folder(output: Path) -> Path:
    """Make the folder of a new run, open to its owner alone, in the output folder, which is made where it is missing.

    Raises:
        WrongCall: it cannot be made, or its disk is all but full.
    """
    folder = output.absolute() / run_name(datetime.now(UTC), secrets.token_hex(2))
    try:
        output.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=0o700)
        free = os.statvfs(folder)
    except OSError as error:
        raise WrongCall(f"the run's folder {folder} cannot be made: {error.strerror}; choose another output") from error
    if free.f_bavail * free.f_frsize < LEAST_FREE_BYTES:
        discard_folder(folder)
        raise WrongCall(
            f"the disk of {output} has less than {LEAST_FREE_BYTES >> 20} MB left: free some, or choose another"
        )
    return folder


def run_name(now: datetime, suffix: str) -> str:
    """UTC to the second, so that names sort by time, and a suffix that tells runs of the same second apart."""
    return f"{now:%Y%m%dT%H%M%SZ}-{suffix}"


def discard_folder(folder: Path) -> None:
    """Remove the folder of a run that never began; one that holds a journal stays."""
    if not (folder / JOURNAL).exists():
        shutil.rmtree(folder)


def point_latest(folder: Path) -> None:
    """Let ``latest`` beside the run lead to it, at one stroke; something else of that name is left alone."""
    latest = folder.parent / LATEST
    if latest.exists() and not latest.is_symlink():
        return
    fresh = folder.parent / f".{folder.name}"
    fresh.symlink_to(folder.name)
    fresh.replace(latest)
