"""Running one statement as the owner."""

from typing import Final

from hadrill.harness.engines.mysql.console import Answer, ConsoleSession, Limits
from hadrill.harness.model.topology import MANAGER
from hadrill.harness.reference.manager import Manager
from hadrill.harness.reference.records import InstanceRecord
from hadrill.harness.reference.refusals import Code, Refusal
from hadrill.harness.reference.requests.console import Feature, asking, console, reaching, require_running

STATEMENT_LIMIT_S: Final = 3.0
"""Reading, and waiting for locks, ends by then."""

ANSWER_LIMIT_S: Final = 4.0
"""A little longer, for the server's own sentence to arrive, and for a commit whose secondary is just being lost."""

LIMITS: Final = Limits()


def run_sql(manager: Manager, instance: str, statement: str) -> Answer:
    """Run one statement over a connection of its own to the primary, and read its first rows.

    A statement that gives no answer in time is not ended: ending a commit would show a row that no other server has.
    """
    with console(manager, instance, Feature.SQL) as record:
        require_running(record)
        with reaching(record):
            session = as_owner(manager, record, answer_s=ANSWER_LIMIT_S)
        with session, asking(record, "the statement"):
            session.limit(STATEMENT_LIMIT_S)
            try:
                return session.ask(statement, LIMITS)
            except UnicodeError as error:
                sentence = (
                    f"what the statement answered on instance {instance} is no text ({error}); ask for it as HEX()"
                )
                raise Refusal(Code.SQL_REFUSED, sentence) from error


def as_owner(manager: Manager, record: InstanceRecord, *, answer_s: float, raw: bool = False) -> ConsoleSession:
    """A connection to the primary as the customer's owner; raises SqlError."""
    endpoint = manager.work.settings.inventory.route(MANAGER, record.primary)
    return ConsoleSession(endpoint, record.owner, answer_s=answer_s, raw=raw)
