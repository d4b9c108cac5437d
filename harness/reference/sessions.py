"""The manager's connections to the servers, kept open: opening one costs more than most of its queries."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from hadrill.harness.engines.mysql.session import Session, SqlError


class Sessions:
    """Idle connections by node; safe to share between threads.

    Args:
        connect: opens a new connection to a node's server; raises SqlError.
    """

    def __init__(self, connect: Callable[[str], Session]) -> None:
        self._connect = connect
        self._idle: dict[str, Session] = {}
        self._lock = threading.Lock()

    @contextmanager
    def use(self, node: str) -> Iterator[Session]:
        """A connection that answered just now; it is kept afterwards unless something went wrong on it."""
        session = self._living(node) or self._connect(node)
        try:
            yield session
        except BaseException:
            session.close()
            raise
        with self._lock:
            surplus = self._idle.pop(node, None)
            self._idle[node] = session
        if surplus is not None:
            surplus.close()

    def _living(self, node: str) -> Session | None:
        with self._lock:
            session = self._idle.pop(node, None)
        if session is None:
            return None
        try:
            session.row("SELECT 1")
        except SqlError:
            session.close()
            return None
        return session
