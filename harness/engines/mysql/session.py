"""A connection to one MySQL server on which nothing can hang for ever."""

import socket
from collections.abc import Mapping
from contextlib import suppress
from types import TracebackType
from typing import Any, Self

import pymysql
from pymysql.cursors import DictCursor

from hadrill.harness.model.instance import Account, Endpoint

SqlError = pymysql.err.MySQLError
"""What every method of ``Session`` may raise."""


class Session:
    """One autocommitting connection with a limit on everything that waits.

    PyMySQL's ``connect_timeout`` covers TCP alone; the read limit bounds the handshake and each answer. There is no
    TLS, since everything is on loopback or a private network: PyMySQL would read the system's certificates for each
    connection, 36 ms of CPU. Passwords are encrypted all the same (caching_sha2_password).

    Args:
        endpoint: where to connect.
        account: as whom.
        connect_s: limit of the TCP connection in seconds.
        answer_s: limit of the handshake and of each answer in seconds.

    Raises:
        SqlError: the server refused, closed or did not answer in time.
    """

    def __init__(self, endpoint: Endpoint, account: Account, *, connect_s: float = 1.0, answer_s: float = 1.0) -> None:
        self.endpoint = endpoint
        self._connection: pymysql.Connection[Any] = pymysql.connect(
            host=endpoint.host,
            port=endpoint.port,
            user=account.user,
            password=account.password,
            autocommit=True,
            connect_timeout=connect_s,
            read_timeout=answer_s,
            write_timeout=answer_s,
            cursorclass=DictCursor,
            ssl_disabled=True,
        )

    def rows(self, statement: str, arguments: tuple[object, ...] = ()) -> tuple[Mapping[str, Any], ...]:
        """Run one statement; its rows as mappings by column name, all of them in memory."""
        with self._connection.cursor() as cursor:
            cursor.execute(statement, arguments or None)
            return tuple(cursor.fetchall())

    def row(self, statement: str, arguments: tuple[object, ...] = ()) -> Mapping[str, Any]:
        """The first row, or an empty mapping."""
        found = self.rows(statement, arguments)
        return found[0] if found else {}

    def run(self, *statements: str) -> None:
        """Run statements whose rows are of no interest."""
        for statement in statements:
            self.rows(statement)

    def wait_longer(self, answer_s: float) -> None:
        """From now on wait so many seconds for each answer; PyMySQL takes it over at its next read."""
        self._connection._read_timeout = answer_s  # type: ignore[attr-defined]  # noqa: SLF001 - no public way

    def cut(self) -> None:
        """From another thread: whoever waits for an answer gets an SqlError at once."""
        if (sock := self._connection._sock) is not None:  # type: ignore[attr-defined]  # noqa: SLF001 - no public way
            with suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Close without waiting for the server's goodbye."""
        if self._connection.open:
            self._connection._force_close()  # type: ignore[attr-defined]  # noqa: SLF001 - a polite close blocks on a cut link

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
