"""A secondary with more to apply than it has applied: a customer deletes so many rows at once that it takes a while."""

from contextlib import suppress
from typing import Final

from hadrill.harness.checks.gtid_set import GtidSet
from hadrill.harness.checks.more_to_apply import more_to_apply
from hadrill.harness.drill.subject import Subject
from hadrill.harness.engines.mysql import statements as sql
from hadrill.harness.engines.mysql.session import Session, SqlError
from hadrill.harness.errors import HarnessTrouble, WaitTimeout
from hadrill.harness.evidence.clock import now_ns
from hadrill.harness.wait import NotYet, until

DOUBLINGS: Final = 18
"""A quarter of a million rows: deleted in less than a second, applied in more than one, on two cores."""

ROWS: Final = (
    "CREATE DATABASE hadrill_many",
    "CREATE TABLE hadrill_many.rows (id BIGINT NOT NULL PRIMARY KEY AUTO_INCREMENT, value INT NOT NULL)",
    "INSERT INTO hadrill_many.rows (value) VALUES (1)",
    *["INSERT INTO hadrill_many.rows (value) SELECT value FROM hadrill_many.rows"] * DOUBLINGS,
)
DELETION: Final = "DELETE FROM hadrill_many.rows"
MORE_WRITES: Final = 20
LIMIT_S: Final = 60.0
SHOWN_LIMIT_S: Final = 15.0
WAITING_LIMIT_S: Final = 5.0
TIMES_AS_LONG: Final = 5.0
"""A server that applies what another one did may take so many times as long as that one did, and is no worse for it."""


class Backlog:
    """What the secondary of a subject has received and not applied."""

    def __init__(self, subject: Subject) -> None:
        self._subject = subject
        self._seen: tuple[str, str] | None = None
        self._deleted_s = 0.0

    @property
    def applied_within_s(self) -> float:
        """Seconds in which the secondary may be expected to have applied it: a slow machine takes long for both."""
        return TIMES_AS_LONG * self._deleted_s

    def prepare(self) -> None:
        """Many rows, as the customer."""
        self._subject.run_as_owner("write many rows", *ROWS)

    def pile_up(self) -> None:
        """All of them are deleted at once; returns when other clients' writes wait behind that on the secondary.

        The secondary shows before that what clients write, so that it has their tables whatever becomes of the rest.
        One that was too busy to acknowledge is given time to be waited for again, silently.
        """
        self._subject.clients.await_shown_since(now_ns(), (self._subject.secondary,), SHOWN_LIMIT_S)
        began_ns = now_ns()
        self._subject.run_as_owner("delete many rows", DELETION)
        self._deleted_s = (now_ns() - began_ns) / 1e9
        self._subject.clients.await_more_writes(MORE_WRITES, LIMIT_S)
        with suppress(WaitTimeout):  # what is lost will tell
            until(self._is_waited_for, f"{self._subject.primary} to wait for its secondary", timeout_s=WAITING_LIMIT_S)
        side = self._subject.side(self._subject.secondary)
        try:
            with Session(side.endpoint, side.account) as server:
                status = server.row(sql.REPLICA_STATUS)
        except SqlError as error:
            raise HarnessTrouble(
                f"{side.name} at {side.endpoint} did not tell what it had received: {error}"
            ) from error
        self._seen = sql.received_and_executed(status)

    def drain(self) -> None:
        """Wait until the secondary has applied what it has received; gives up silently, since the record will tell."""
        side = self._subject.side(self._subject.secondary)

        def applied() -> bool | NotYet:
            with Session(side.endpoint, side.account) as server:
                received, executed = sql.received_and_executed(server.row(sql.REPLICA_STATUS))
            left = (GtidSet.parse(received) - GtidSet.parse(executed)).count
            return left == 0 or NotYet(f"{left} transactions are not applied")

        with suppress(WaitTimeout):
            until(applied, f"{side.name} to apply what it received", timeout_s=LIMIT_S, tolerate=(SqlError,))

    def _is_waited_for(self) -> bool | NotYet:
        return self._subject.observed.portray(self._subject.primary).waits or NotYet("it waits for nobody")

    def judge(self) -> None:
        """There was something left to apply."""
        if self._seen is None:
            raise HarnessTrouble("nothing was piled up in this scenario")
        self._subject.judge.ask(more_to_apply, *self._seen)
