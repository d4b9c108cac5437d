"""The soak's one file: lines of JSON that are only ever appended, so that any interruption leaves what was known."""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Final

from pydantic import Field, TypeAdapter, ValidationError

from hadrill.harness.errors import HarnessTrouble, WrongCall
from hadrill.harness.soak.entries import Entry

LOGBOOK: Final = "soak.jsonl"
_ENTRY: Final[TypeAdapter[Entry]] = TypeAdapter(Annotated[Entry, Field(discriminator="kind")])


class Logbook:
    """Entries of one soak, read once and appended to.

    Attributes:
        entries: all, in order.
    """

    def __init__(self, path: Path, descriptor: int) -> None:
        self._descriptor = descriptor
        self.entries = list(_read(path, descriptor))

    def append(self, entry: Entry) -> None:
        """Write it through to the disk.

        Raises:
            OSError: it could not be written.
        """
        line = json.dumps(asdict(entry), ensure_ascii=False).encode() + b"\n"
        while line:
            line = line[os.write(self._descriptor, line) :]
        os.fsync(self._descriptor)
        self.entries.append(entry)


@contextmanager
def open_logbook(folder: Path) -> Iterator[Logbook]:
    """The logbook in that folder, which is made where it is missing; nobody else has it open meanwhile.

    Raises:
        WrongCall: another soak goes on there, or the folder cannot be written to.
        HarnessTrouble: what is in the file is no logbook.
    """
    path = folder / LOGBOOK
    try:
        folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    except OSError as error:
        raise WrongCall(f"{path} cannot be written: {error.strerror}; choose another --output") from error
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise WrongCall(
                f"another soak goes on in {folder}; wait for its end, or choose another --output"
            ) from error
        yield Logbook(path, descriptor)
    finally:
        os.close(descriptor)


def _read(path: Path, descriptor: int) -> Iterator[Entry]:
    """The entries; a torn last line, whose writer was killed, is cut off."""
    text = path.read_bytes()
    whole = text.rfind(b"\n") + 1
    os.ftruncate(descriptor, whole)
    for number, line in enumerate(text[:whole].splitlines(), 1):
        try:
            yield _ENTRY.validate_json(line)
        except ValidationError as error:
            raise HarnessTrouble(f"{path}, line {number}, is no entry of a soak: {error.errors()[0]['msg']}") from error
