"""A PyMySQL connection with the limits that a drill needs, so that nothing waits for ever."""

import contextlib
import socket
from enum import Enum

from pymysql.connections import Connection as PyMySQLConnection

from hadrill.harness.model.instance import Account, Endpoint


class Connection(PyMySQLConnection):
    """Adds what PyMySQL has no public way for: a limit for requests besides the login's, and a cut from outside.

    PyMySQL's ``connect_timeout`` covers TCP alone, and its ``read_timeout`` all that comes after.
    """

    _read_timeout: float | None
    _sock: socket.socket | None

    def limit_requests(self, timeout_s: float) -> None:
        """From now on wait so many seconds for each answer; PyMySQL takes it over at its next read."""
        self._read_timeout = timeout_s

    def cut(self) -> None:
        """End the connection from another thread; whoever waits for an answer on it gets error 2013."""
        sock = self._sock
        if sock is not None:
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)

    def drop(self) -> None:
        """Close the socket, whatever state the connection is in."""
        if self.open:
            self.close()


class Values(Enum):
    """What the values that a connection reads come as."""

    CONVERTED = "converted"  # Python's own types
    BYTES = "bytes"  # as the server sent them, of whatever type the column is
    TEXTS = "texts"  # as the server wrote them; bytes where the column is binary


def prepare(
    endpoint: Endpoint,
    account: Account,
    *,
    connect_timeout_s: float,
    request_timeout_s: float,
    values: Values = Values.CONVERTED,
) -> Connection:
    """A connection that is not open yet: autocommit, and no TLS, since everything is on loopback or a private network.

    Args:
        endpoint: where to.
        account: who.
        connect_timeout_s: seconds for TCP, and for each answer until ``limit_requests`` is called.
        request_timeout_s: seconds for the sending of a request.
        values: what is read comes as.
    """
    return Connection(
        host=endpoint.host,
        port=endpoint.port,
        user=account.user,
        password=account.password,
        autocommit=True,
        ssl_disabled=True,
        connect_timeout=connect_timeout_s,
        read_timeout=connect_timeout_s,
        write_timeout=request_timeout_s,
        defer_connect=True,
        use_unicode=values is not Values.BYTES,
        conv=None if values is Values.CONVERTED else {},
    )


def connect(endpoint: Endpoint, account: Account, *, timeout_s: float, values: Values = Values.CONVERTED) -> Connection:
    """Log in, with one limit for everything; ``values`` as for ``prepare``.

    Raises:
        pymysql.MySQLError: refused, or not answered in time.
    """
    connection = prepare(endpoint, account, connect_timeout_s=timeout_s, request_timeout_s=timeout_s, values=values)
    connection.connect()
    return connection


def server_id_of(connection: Connection) -> int:
    """Which server this connection leads to; it stays with that one for as long as it lasts.

    Raises:
        pymysql.MySQLError: no answer.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT @@server_id")
        row = cursor.fetchone()
    assert row is not None, "a SELECT without FROM has one row"
    return int(row[0])
