"""What the manager remembers of the console: settings that wait for a restart, and imports with their progress."""

import json
import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Iterable
from contextlib import AbstractContextManager
from typing import Final

from hadrill.harness.reference.records import ImportRecord, OperationKind, Status

CONSOLE_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS awaiting_restart (
    instance TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (instance, name));
CREATE TABLE IF NOT EXISTS imports (
    operation INTEGER PRIMARY KEY, statements INTEGER NOT NULL, done INTEGER NOT NULL, failed TEXT NOT NULL);
CREATE UNIQUE INDEX IF NOT EXISTS one_import_at_a_time ON operations (instance)
    WHERE status = 'running' AND kind = 'import';
"""


class ConsoleRows(ABC):
    """The rows of the console, as part of the store."""

    @abstractmethod
    def _change(self) -> AbstractContextManager[sqlite3.Connection]: ...

    @abstractmethod
    def _read(self, statement: str, *arguments: object) -> list[tuple[object, ...]]: ...

    def await_restart(self, instance: str, names: Iterable[str]) -> None:
        """These settings are on record, and its servers need not run with them before they are restarted."""
        with self._change() as db:
            rows = [(instance, name) for name in names]
            db.executemany("INSERT OR IGNORE INTO awaiting_restart VALUES (?,?)", rows)

    def awaiting_restart(self, instance: str) -> frozenset[str]:
        """The names of the settings that wait for a restart."""
        rows = self._read("SELECT name FROM awaiting_restart WHERE instance = ?", instance)
        return frozenset(str(row[0]) for row in rows)

    def restarted(self, instance: str) -> None:
        """All its servers were: no setting waits any more."""
        with self._change() as db:
            db.execute("DELETE FROM awaiting_restart WHERE instance = ?", (instance,))

    def moving_to(self) -> frozenset[int]:
        """Addresses that instances are on their way to, or were on their way from."""
        statement = "SELECT arguments FROM operations WHERE kind = ? AND status = ?"
        rows = self._read(statement, OperationKind.CHANGE_PORT, Status.RUNNING)
        arguments = [json.loads(str(row[0])) for row in rows]
        return frozenset(int(each[end]) for each in arguments for end in ("from", "to"))

    def importing(self, instance: str) -> int | None:
        """The import that is running on an instance, if any; its operation's id."""
        statement = "SELECT id FROM operations WHERE instance = ? AND kind = ? AND status = ?"
        rows = self._read(statement, instance, OperationKind.IMPORT, Status.RUNNING)
        return int(str(rows[0][0])) if rows else None

    def begin_import(self, instance: str, statements: int) -> int:
        """An import of so many statements is running; its operation's id.

        Raises:
            sqlite3.IntegrityError: one is running already.
        """
        with self._change() as db:
            cursor = db.execute(
                "INSERT INTO operations (instance, kind, step, status, reason, arguments) VALUES (?,?,?,?,'','{}')",
                (instance, OperationKind.IMPORT, "run-statements", Status.RUNNING),
            )
            db.execute("INSERT INTO imports VALUES (?,?,0,'[]')", (cursor.lastrowid, statements))
            return int(str(cursor.lastrowid))

    def note_import(self, operation: int, done: int, failed: tuple[str, ...]) -> None:
        """How far an import is."""
        with self._change() as db:
            statement = "UPDATE imports SET done = ?, failed = ? WHERE operation = ?"
            db.execute(statement, (done, json.dumps(failed), operation))

    def import_of(self, operation: int) -> ImportRecord | None:
        """How far an operation is, where it is an import."""
        rows = self._read("SELECT statements, done, failed FROM imports WHERE operation = ?", operation)
        if not rows:
            return None
        statements, done, failed = rows[0]
        return ImportRecord(int(str(statements)), int(str(done)), tuple(json.loads(str(failed))))

    def running_imports(self) -> tuple[tuple[int, str], ...]:
        """Imports that are on record as running; operation and instance."""
        statement = "SELECT id, instance FROM operations WHERE kind = ? AND status = ?"
        rows = self._read(statement, OperationKind.IMPORT, Status.RUNNING)
        return tuple((int(str(operation)), str(instance)) for operation, instance in rows)
