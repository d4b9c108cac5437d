"""Data imports: a dump's statements, one by one, beside whatever else happens to the instance.

An import holds up nobody: servers are kept, and replaced, while it runs. Where its connection is lost, or the manager
is, it ends there as undone and says how far it came: a statement that is run twice is not what was asked for, and what
the connection was told before (``USE``, ``SET``) is lost with it.
"""

import logging
import threading
import time
from typing import Final

from hadrill.harness.engines.mysql.console import ConsoleSession
from hadrill.harness.engines.mysql.session import SqlError
from hadrill.harness.engines.mysql.sql_errors import answered, error_of
from hadrill.harness.reference.database import StoreTrouble
from hadrill.harness.reference.records import Status
from hadrill.harness.reference.store import Store
from hadrill.harness.reference.work import Work

STATEMENT_LIMIT_S: Final = 60.0
NOTED_EVERY_S: Final = 0.2
STORE_RETRY_S: Final = 0.5
MOST_FAILURES: Final = 100

log = logging.getLogger("hadrill.reference")


class Import:
    """One import, which is on record as running.

    Args:
        store: the manager's memory.
        operation: its id.
        instance: whose it is.
        statements: of the dump, in order.
        session: as the owner; closed at the end.
    """

    def __init__(
        self, store: Store, operation: int, instance: str, statements: tuple[str, ...], session: ConsoleSession
    ) -> None:
        self._store = store
        self._operation = operation
        self._instance = instance
        self._statements = statements
        self._session = session
        self._failed: list[str] = []
        self._unnamed = 0
        self._noted_s = 0.0
        self._pause = threading.Event()

    def start(self) -> None:
        """Begin, in a thread of its own."""
        threading.Thread(target=self._run, name=f"import-{self._instance}", daemon=True).start()

    def _run(self) -> None:
        with self._session:
            reason = self._run_statements()
        while not self._ended(reason):
            self._pause.wait(STORE_RETRY_S)

    def _run_statements(self) -> str:
        """Why it ended early; empty where it did not."""
        for number, statement in enumerate(self._statements, 1):
            try:
                self._session.run(statement)
            except (SqlError, UnicodeError) as error:
                code, words = error_of(error)
                if not answered(code):
                    self._note(number - 1, at_once=True)
                    return lost(number, len(self._statements), f"{code} {words}")
                self._fail(f"statement {number}: {code} {words}")
            self._note(number, at_once=number == len(self._statements))
        return ""

    def _fail(self, sentence: str) -> None:
        if len(self._failed) < MOST_FAILURES:
            self._failed.append(sentence)
        else:
            self._unnamed += 1

    def _note(self, done: int, *, at_once: bool) -> None:
        if not at_once and time.monotonic() < self._noted_s + NOTED_EVERY_S:
            return
        self._noted_s = time.monotonic()
        more = (f"and {self._unnamed} other statements",) if self._unnamed else ()
        try:
            self._store.note_import(self._operation, done, (*self._failed, *more))
        except StoreTrouble as trouble:
            log.error("import %d of %s: %s", self._operation, self._instance, trouble)  # noqa: TRY400 - says it all

    def _ended(self, reason: str) -> bool:
        try:
            end(self._store, self._operation, self._instance, reason)
        except StoreTrouble as trouble:
            log.error("import %d of %s: %s", self._operation, self._instance, trouble)  # noqa: TRY400 - says it all
            return False
        return True


def lost(number: int, statements: int, why: str) -> str:
    """The sentence of an import that ended at a statement of which nobody knows what became of it."""
    return (
        f"run-statements: statement {number} of {statements} got no answer ({why}); it may have been carried out or "
        "not, those before it were run, those after it were not"
    )


def end(store: Store, operation: int, instance: str, reason: str) -> None:
    """Done, or undone for this reason: on record and told."""
    store.finish(operation, Status.UNDONE if reason else Status.DONE, reason)
    store.note(instance, "import-undone" if reason else "imported", reason)


def end_orphans(work: Work) -> None:
    """Imports that a manager before us was in the middle of; nobody runs the rest of them."""
    for operation, instance in work.store.running_imports():
        record = work.store.import_of(operation)
        if record is not None:
            reason = f"the manager ended meanwhile; {record.done} or more of {record.statements} statements were run"
            end(work.store, operation, instance, f"run-statements: {reason}, and the rest was not")
