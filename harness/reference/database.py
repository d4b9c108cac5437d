"""One SQLite file that threads share: every change is a transaction, and several that belong together are one."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class StoreTrouble(Exception):
    """The state could not be read or written; nothing was changed. The message is a sentence."""


class Database:
    """Reads and changes one file.

    Args:
        path: of the file, which is made where it is missing.
        schema: statements that make what is missing in it.

    Raises:
        StoreTrouble: every method may: a full disk, a damaged file.
    """

    def __init__(self, path: Path, schema: str) -> None:
        self._path = path
        self._lock = threading.RLock()
        self._is_together = False
        with self._lock, self._sentences():
            self._connection = sqlite3.connect(path, check_same_thread=False, timeout=5)
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.executescript(schema)

    @contextmanager
    def together(self) -> Iterator[None]:
        """All that is read and changed within is one transaction: nothing comes between, and an error undoes it all."""
        with self._lock, self._sentences(), self._connection:
            self._is_together = True
            try:
                yield
            finally:
                self._is_together = False

    @contextmanager
    def _change(self) -> Iterator[sqlite3.Connection]:
        with self._lock, self._sentences():
            if self._is_together:
                yield self._connection
                return
            with self._connection:
                yield self._connection

    @contextmanager
    def _sentences(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.IntegrityError:
            raise  # two requests at once: a refusal, not trouble
        except sqlite3.Error as error:
            sentence = f"the manager's state at {self._path} cannot be read or written ({error}); see to its disk"
            raise StoreTrouble(sentence) from error

    def _read(self, statement: str, *arguments: object) -> list[tuple[object, ...]]:
        with self._lock, self._sentences():
            return self._connection.execute(statement, arguments).fetchall()
