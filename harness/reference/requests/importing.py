"""Running the statements of a dump as the owner."""

import sqlite3

from hadrill.harness.engines.mysql.split import split_statements
from hadrill.harness.reference.imports import STATEMENT_LIMIT_S, Import
from hadrill.harness.reference.manager import Manager
from hadrill.harness.reference.records import OperationKind
from hadrill.harness.reference.refusals import Code, Refusal, busy
from hadrill.harness.reference.requests.console import Feature, console, reaching, require_running
from hadrill.harness.reference.requests.sql import as_owner


def import_dump(manager: Manager, instance: str, dump: str) -> int:
    """Begin to run them one by one, on one connection to the primary; the operation's id."""
    with console(manager, instance, Feature.IMPORT) as record:
        require_running(record)
        statements = tuple(split_statements(dump))
        if not statements:
            raise Refusal(Code.INVALID_REQUEST, f"the dump for instance {instance} has no statement in it")
        with reaching(record):
            session = as_owner(manager, record, answer_s=STATEMENT_LIMIT_S, raw=True)
        try:
            operation = manager.work.store.begin_import(instance, len(statements))
        except sqlite3.IntegrityError as error:
            session.close()
            raise busy(instance, OperationKind.IMPORT) from error
        Import(manager.work.store, operation, instance, statements, session).start()
        return operation
