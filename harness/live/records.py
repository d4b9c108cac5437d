"""The folder with a record for each topology that is up; only its owner can read it."""

import fcntl
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from hadrill.environments.parts.settings import home_folder
from hadrill.harness.errors import HarnessTrouble, WrongCall
from hadrill.harness.live.record import LiveRecord, read_record
from hadrill.harness.wait import NotYet, until

_SUFFIX: Final = ".json"
_LOCK_LIMIT_S: Final = 5.0  # it is held for as long as it takes to write a file


def records_folder(environ: Mapping[str, str]) -> Path:
    """Where the user's records are: below the XDG folder for state, else below the home folder."""
    if xdg := environ.get("XDG_STATE_HOME"):
        return Path(xdg).absolute() / "hadrill" / "live"
    return home_folder(environ, "XDG_STATE_HOME") / ".local" / "state" / "hadrill" / "live"


@dataclass(frozen=True, slots=True)
class Records:
    """The records in one folder, which is made where it is missing.

    Every method raises WrongCall for a folder that cannot be used, and HarnessTrouble for a record that makes no sense.
    """

    folder: Path

    def path(self, topology: str) -> Path:
        """Where the topology's record is, or would be."""
        return self.folder / f"{topology}{_SUFFIX}"

    def find(self, topology: str) -> LiveRecord | None:
        """The topology's record; None where there is none."""
        path = self.path(topology)
        try:
            return read_record(path.read_bytes())
        except FileNotFoundError:
            return None
        except OSError as error:
            raise WrongCall(
                f"{path} cannot be read: {error.strerror}; set XDG_STATE_HOME to a folder that can"
            ) from error
        except ValueError as error:
            raise HarnessTrouble(
                f"{path} is no record that this version wrote; end the process that it names, if it still runs,"
                " and remove the file"
            ) from error

    def all(self) -> tuple[LiveRecord, ...]:
        """All records, by topology."""
        found = (self.find(path.stem) for path in sorted(self.folder.glob(f"*{_SUFFIX}")))
        return tuple(record for record in found if record is not None)

    def claim(self, record: LiveRecord) -> None:
        """Write the first record of a topology that is coming up.

        Raises:
            WrongCall: the topology is up, or on its way, or the folder cannot be written to.
        """
        with self._locked():
            require_free(self.find(record.topology))
            self._write(record)

    def update(self, record: LiveRecord) -> None:
        """Write what has become of a topology; called by its holder alone."""
        with self._locked():
            self._write(record)

    def remove(self, record: LiveRecord) -> None:
        """Remove the record, unless it is another holder's by now."""
        with self._locked():
            now = self.find(record.topology)
            if now is not None and now.holder == record.holder:
                self.path(record.topology).unlink()

    def _write(self, record: LiveRecord) -> None:
        """At one stroke, so that a reader never meets half a record."""
        fresh = self.path(record.topology).with_suffix(".new")
        with suppress(FileNotFoundError):
            fresh.unlink()
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(record.to_json())
        fresh.replace(self.path(record.topology))

    @contextmanager
    def _locked(self) -> Iterator[None]:
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            descriptor = os.open(self.folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise WrongCall(
                f"{error.filename} cannot be written: {error.strerror}; set XDG_STATE_HOME to a folder that can"
            ) from error
        try:
            until(lambda: _take(descriptor), f"the lock of {self.folder}", timeout_s=_LOCK_LIMIT_S)
            yield
        finally:
            os.close(descriptor)


def require_free(record: LiveRecord | None) -> None:
    """Make sure that nobody holds the topology that the record is of.

    Raises:
        WrongCall: somebody does; says what to do.
    """
    if record is not None and record.holder.alive:
        name = record.topology
        raise WrongCall(f"{name} is {record.state}; 'hadrill status {name}' says more, 'hadrill down {name}' ends it")


def _take(descriptor: int) -> bool | NotYet:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return NotYet("another process writes a record")
    return True
