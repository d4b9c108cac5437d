"""A data directory initialised once per MySQL version and options, and copied for every node."""

import fcntl
import hashlib
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from hadrill.harness.engines.mysql.installation import Installation
from hadrill.harness.engines.mysql.options import initialise_arguments
from hadrill.harness.errors import HarnessTrouble, WrongCall

Run = Callable[[tuple[str, ...]], int]
"""Runs a command to its end where the run's other processes are, and returns its exit code."""


def template_folder(cache: Path, installation: Installation) -> Path:
    """Where the template of this server lies once it has been made; another program or other options get another."""
    recipe = [installation.digest, *initialise_arguments(installation, Path("data"), Path("log"))]
    key = hashlib.sha256("\0".join(recipe).encode()).hexdigest()[:12]
    return cache / "templates" / f"mysql-{installation.version}-{key}"


def make_template(template: Path, installation: Installation, run: Run, log: Path) -> None:
    """Make the template unless it is there; a second call at the same time waits for the first.

    It appears under its name only as a whole and on disk, so an interrupted one is never mistaken for a finished one.

    Args:
        template: from ``template_folder``.
        run: runs the server that fills the directory.
        log: that server's log.

    Raises:
        WrongCall: the cache cannot be written to.
        HarnessTrouble: the server did not fill the directory.
    """
    if template.is_dir():
        return
    try:
        template.parent.mkdir(parents=True, exist_ok=True)
        with _locked(template.with_name(f"{template.name}.lock")):
            if not template.is_dir():
                _build(template, installation, run, log)
    except OSError as error:
        raise WrongCall(f"the template {template} cannot be made: {error.strerror}") from error


def _build(template: Path, installation: Installation, run: Run, log: Path) -> None:
    """Under the lock, whatever else carries our name is a leftover of one that died."""
    for leftover in template.parent.glob(f"{template.name}.part-*"):
        shutil.rmtree(leftover, ignore_errors=True)
    full, sparse = (template.with_name(f"{template.name}.part-{os.urandom(4).hex()}") for _ in range(2))
    code = run(initialise_arguments(installation, full, log))
    if code != 0:
        raise HarnessTrouble(f"mysqld could not initialise {full}: it ended with {code}; its last words: {_tail(log)}")
    (full / "auto.cnf").unlink(missing_ok=True)  # each copy must get a UUID of its own
    subprocess.run(("cp", "-a", "--sparse=always", "--", str(full), str(sparse)), check=True, capture_output=True)
    shutil.rmtree(full)
    _sync(sparse)
    sparse.rename(template)
    _sync_one(template.parent)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("w", encoding="ascii") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _sync(folder: Path) -> None:
    for path in (folder, *folder.rglob("*")):
        _sync_one(path)


def _sync_one(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _tail(log: Path) -> str:
    try:
        return " | ".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-3:])
    except OSError:
        return "none"
