"""A soak's one file: lines of JSON that are only ever appended, so that any interruption leaves what was known."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Generic, TypeVar

from pydantic import Field, TypeAdapter, ValidationError

from hadrill.harness.errors import HarnessTrouble, WrongCall

E = TypeVar("E")
Number = Annotated[int, Field(ge=0, lt=2**31)]
"""How many, or which one: nobody drills as often, and a longer one could be counted with no more."""

Seconds = Annotated[float, Field(allow_inf_nan=False)]


@dataclass(frozen=True, slots=True)
class Book(Generic[E]):
    """A kind of logbook.

    Attributes:
        file: its name.
        what: whose it is, for messages: "soak".
        form: of its entries.
    """

    file: str
    what: str
    form: TypeAdapter[E]


class Logbook(Generic[E]):
    """Entries of one soak, read once and appended to.

    Attributes:
        entries: all, in order.
    """

    def __init__(self, book: Book[E], path: Path, descriptor: int) -> None:
        self._book = book
        self._descriptor = descriptor
        self.entries = list(_read(book, path, descriptor))

    def append(self, entry: E) -> None:
        """Write it through to the disk.

        Raises:
            OSError: it could not be written.
        """
        line = self._book.form.dump_json(entry) + b"\n"
        while line:
            line = line[os.write(self._descriptor, line) :]
        os.fsync(self._descriptor)
        self.entries.append(entry)


@contextmanager
def open_logbook(folder: Path, book: Book[E]) -> Iterator[Logbook[E]]:
    """The logbook in that folder, which is made where it is missing; nobody else has it open meanwhile.

    Raises:
        WrongCall: another one goes on there, or the folder cannot be written to.
        HarnessTrouble: what is in the file is no logbook.
    """
    path = folder / book.file
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
                f"another {book.what} goes on in {folder}; wait for its end, or choose another --output"
            ) from error
        yield Logbook(book, path, descriptor)
    finally:
        os.close(descriptor)


def _read(book: Book[E], path: Path, descriptor: int) -> Iterator[E]:
    """The entries; a torn last line, whose writer was killed, is cut off."""
    text = path.read_bytes()
    whole = text.rfind(b"\n") + 1
    os.ftruncate(descriptor, whole)
    for number, line in enumerate(text[:whole].splitlines(), 1):
        try:
            yield book.form.validate_json(line)
        except ValidationError as error:
            told = error.errors()[0]["msg"]
            raise HarnessTrouble(f"{path}, line {number}, is no entry of a {book.what}: {told}") from error
