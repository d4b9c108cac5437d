"""A customer's statements, whatever they are: no answer of theirs hangs, fills the memory or breaks the reader."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from types import TracebackType
from typing import Any, Self

import pymysql
from pymysql.cursors import SSCursor

from hadrill.harness.model.instance import Account, Endpoint

Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of an answer is read: rows, and bytes as they would be shown."""

    rows: int = 1000
    size: int = 1 << 20


@dataclass(frozen=True, slots=True)
class Answer:
    """What a statement answered.

    Attributes:
        columns: their names; none where it has no rows to show.
        rows: as JSON has them; bytes as hexadecimal digits after ``0x``, times and exact numbers as text.
        complete: all rows are there; the limits cut off the others.
        affected: rows that it changed.
    """

    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    complete: bool = True
    affected: int = 0


class ConsoleSession:
    """One connection for the statements of a customer, one at a time (multi-statements are off).

    Args:
        endpoint: where to connect.
        account: as whom.
        answer_s: limit of each answer in seconds; the server may go on with the statement.
        raw: rows are not looked into; for statements whose rows are of no interest.

    Raises:
        SqlError: every method may: the server refused, closed or did not answer in time.
    """

    def __init__(self, endpoint: Endpoint, account: Account, *, answer_s: float, raw: bool = False) -> None:
        self._connection: pymysql.Connection[Any] = pymysql.connect(
            host=endpoint.host,
            port=endpoint.port,
            user=account.user,
            password=account.password,
            autocommit=True,
            connect_timeout=min(answer_s, 1.0),
            read_timeout=answer_s,
            write_timeout=answer_s,
            cursorclass=SSCursor,
            use_unicode=not raw,
            ssl_disabled=True,
            conv={} if raw else None,
        )

    def limit(self, seconds: float) -> None:
        """Have the server give up reading, and waiting for locks, by then; a commit is never given up."""
        waits_s = max(1, int(seconds))
        self.run(
            f"SET SESSION max_execution_time = {int(seconds * 1000)}, innodb_lock_wait_timeout = {waits_s}, "
            f"lock_wait_timeout = {waits_s}"
        )

    def run(self, statement: str) -> None:
        """Run one statement to its end; its rows are of no interest."""
        with self._connection.cursor() as cursor:
            cursor.execute(statement)
            more: bool | None = True
            while more:
                for _ in iter(cursor.fetchone, None):
                    pass
                more = cursor.nextset()

    def ask(self, statement: str, limits: Limits) -> Answer:
        """Run one statement and read its first rows; nothing else can be asked on this connection afterwards.

        Raises:
            UnicodeError: what it answered is no text in the character set that it claims.
        """
        cursor = self._connection.cursor()
        cursor.execute(statement)
        if cursor.description is None:
            return Answer(affected=cursor.rowcount)
        rows: list[tuple[Cell, ...]] = []
        left = limits.size
        for row in _plain(iter(cursor.fetchone, None)):
            left -= sum(len(str(cell)) for cell in row)
            if len(rows) == limits.rows or left < 0:
                return Answer(_names(cursor), tuple(rows), complete=False)
            rows.append(row)
        return Answer(_names(cursor), tuple(rows))

    def close(self) -> None:
        """Close without waiting for the rest of an answer or for the server's goodbye."""
        if self._connection.open:
            self._connection._force_close()  # type: ignore[attr-defined]  # noqa: SLF001 - a polite close reads on

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _names(cursor: SSCursor) -> tuple[str, ...]:
    return tuple(str(column[0]) for column in cursor.description or ())


def _plain(rows: Iterator[Any]) -> Iterator[tuple[Cell, ...]]:
    for row in rows:
        yield tuple(plain(cell) for cell in row)


def plain(cell: object) -> Cell:
    """A value as JSON has it."""
    if cell is None or isinstance(cell, str | int | float):
        return cell
    if isinstance(cell, bytes):
        return f"0x{cell.hex()}"
    if isinstance(cell, datetime | date | time):
        return cell.isoformat(" ") if isinstance(cell, datetime) else cell.isoformat()
    if isinstance(cell, timedelta | Decimal):
        return str(cell)
    raise TypeError(f"{type(cell)} is no value of a column")
