"""The clone's virtual environment: made by the standard library, filled from the pinned lock."""

import importlib.util
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from hadrill.environments.parts.lock import hold
from hadrill.environments.parts.pip import downloaded_bytes, fetch_pip_wheel
from hadrill.environments.parts.places import FetchFailed
from hadrill.environments.parts.progress import Progress
from hadrill.environments.parts.settings import PartSettings
from hadrill.environments.parts.stamp import FILE_NAME, expected_stamp, read_stamp, write_stamp
from hadrill.environments.parts.workshop import Workshop
from hadrill.harness.errors import PartMissing, WrongCall

_LOCK = ".hadrill-lock"
_REMEDY = (
    "see that pip can reach its registry or a mirror of it (PIP_INDEX_URL, PIP_PROXY), "
    "and install python3-venv if Python lacks its venv module"
)


@dataclass(frozen=True, slots=True)
class VirtualEnvironment:
    """The folder ``.venv`` of a clone.

    Attributes:
        clone: the clone's folder.
    """

    clone: Path

    @property
    def folder(self) -> Path:
        """Where it lies."""
        return self.clone / ".venv"

    @property
    def python(self) -> str:
        """Its Python."""
        return str(self.folder / "bin/python")

    @property
    def is_current(self) -> bool:
        """Whether it is finished, and made of what the clone asks for now."""
        return read_stamp(self.folder) == expected_stamp(self.clone, self.folder)

    @contextmanager
    def being_set_up(self, settings: PartSettings, progress: Progress) -> Iterator[Workshop]:
        """Hold the environment for set-up, by one process at a time.

        Raises:
            WrongCall: the folder is there and was made by other means.
        """
        lock = self.folder / _LOCK
        self.folder.mkdir(exist_ok=True)
        if not lock.exists() and any(self.folder.iterdir()):
            raise WrongCall(f"{self.folder} was not made by `make setup`; move it away, or remove it by `make clean`")
        with hold(lock, "python", progress) as descriptor:
            yield Workshop("python", self.folder, settings.environ, progress, descriptor)

    def create(self, workshop: Workshop, settings: PartSettings) -> None:
        """Make the environment with pip in it; one that is finished but out of date is kept as it is.

        Raises:
            PartMissing: Python's venv module or pip cannot be had.
        """
        before = read_stamp(self.folder)
        (self.folder / FILE_NAME).unlink(missing_ok=True)
        if before and before == replace(expected_stamp(self.clone, self.folder), inputs=before.inputs):
            return
        self._empty()
        try:
            self._create(workshop, settings)
        except FetchFailed as error:
            raise _missing(error) from error

    def fill(self, workshop: Workshop) -> int:
        """Install the pinned packages and the clone itself; returns the bytes fetched. Ends with the stamp.

        Raises:
            PartMissing: pip could not get or install them.
        """
        pip = [self.python, "-m", "pip", "--disable-pip-version-check", "--no-input", "install", "--progress-bar=off"]
        locked = [*pip, "--require-hashes", "-r", str(self.clone / "requirements.txt")]
        clone = [*pip, "--no-deps", "--no-build-isolation", "--no-index", "-e", str(self.clone)]
        not_for_the_user = {"PIP_USER": "0"}
        try:
            printed = workshop.run(locked, "installing the packages", timeout_s=1800, environ=not_for_the_user)
            workshop.run(clone, timeout_s=300, environ=not_for_the_user)
        except FetchFailed as error:
            raise _missing(error) from error
        write_stamp(self.folder, expected_stamp(self.clone, self.folder))
        return downloaded_bytes(printed)

    def _create(self, workshop: Workshop, settings: PartSettings) -> None:
        create = [sys.executable, "-m", "venv", "--prompt", "hadrill", str(self.folder)]
        if importlib.util.find_spec("ensurepip"):
            workshop.run(create, "making the virtual environment", timeout_s=300)
            return
        wheel = fetch_pip_wheel(settings, workshop.progress)
        workshop.run([*create, "--without-pip"], "making the virtual environment", timeout_s=300)
        workshop.run([self.python, f"{wheel}/pip", "install", "--no-index", str(wheel)], timeout_s=300)

    def _empty(self) -> None:
        """Remove what an interrupted set-up left, but for the lock that is being held."""
        for entry in self.folder.iterdir():
            if entry.name != _LOCK:
                shutil.rmtree(entry) if entry.is_dir() and not entry.is_symlink() else entry.unlink()


def _missing(error: FetchFailed) -> PartMissing:
    return PartMissing(f"The Python packages are missing. Tried:\n  pip: {error}\n  What to do: {_REMEDY}")
