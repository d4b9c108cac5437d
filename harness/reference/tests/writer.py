"""A client that writes rows with growing keys over an address, connecting again whenever it has to."""

import threading
from types import TracebackType
from typing import Self

from hadrill.harness.engines.mysql.session import Session, SqlError
from hadrill.harness.model.instance import Account, Endpoint
from hadrill.harness.wait import NotYet, until

CREATE = ("CREATE DATABASE drill", "CREATE TABLE drill.written (id BIGINT PRIMARY KEY)")
INSERT = "INSERT INTO drill.written VALUES (%s)"
KEYS = "SELECT id FROM drill.written"
PAUSE_S = 0.02


class Writer:
    """Writes from a thread of its own for as long as the context lasts.

    Attributes:
        acknowledged: keys of the rows that the service said it has.
        failures: how often a write, or connecting for it, failed in a row up to now.
    """

    def __init__(self, address: Endpoint, account: Account, first: int) -> None:
        self.acknowledged: frozenset[int] = frozenset()
        self.failures = 0
        self._address = address
        self._account = account
        self._key = first
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        self._thread.join()

    def await_acknowledged(self, more: int, timeout_s: float) -> None:
        """Wait until so many more rows have been acknowledged than were at the call."""
        wanted = len(self.acknowledged) + more

        def enough() -> bool | NotYet:
            have = len(self.acknowledged)
            return True if have >= wanted else NotYet(f"{have} of {wanted}, {self.failures} failures in a row")

        until(enough, f"{more} more rows to be acknowledged", timeout_s=timeout_s)

    def await_failures(self, in_a_row: int, timeout_s: float) -> None:
        """Wait until so many attempts in a row have failed."""

        def refused() -> bool | NotYet:
            return True if self.failures >= in_a_row else NotYet(f"{self.failures} failures in a row")

        until(refused, f"{in_a_row} failures in a row", timeout_s=timeout_s)

    def _run(self) -> None:
        while not self._ended.is_set():
            try:
                with Session(self._address, self._account, answer_s=2) as session:
                    self._write(session)
            except SqlError:
                self.failures += 1
                self._ended.wait(PAUSE_S)

    def _write(self, session: Session) -> None:
        while not self._ended.is_set():
            key, self._key = self._key, self._key + 1
            session.rows(INSERT, (key,))
            self.acknowledged |= {key}
            self.failures = 0
            self._ended.wait(PAUSE_S)
