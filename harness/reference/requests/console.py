"""What all that a console offers has in common: who may have it, and what a server's refusal looks like."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import StrEnum

from hadrill.harness.engines.mysql.session import SqlError
from hadrill.harness.engines.mysql.sql_errors import answered, error_of
from hadrill.harness.model.instance import InstanceType, State
from hadrill.harness.reference.manager import Manager
from hadrill.harness.reference.records import InstanceRecord
from hadrill.harness.reference.refusals import Code, Refusal
from hadrill.harness.reference.requests.switching import not_read_only


class Feature(StrEnum):
    """What a disaster-recovery instance does not have (DR-8), as sentences name it."""

    SQL = "an SQL operation"
    PARAMETERS = "setting parameters"
    CHARACTER_SET = "changing the character set"
    ACCOUNTS = "account management"
    PORT = "changing the port"
    IMPORT = "data import"
    READ_ONLY = "a read-only instance"
    ROLLBACK = "rollback"
    ROLLBACK_LOG = "the rollback log"


@contextmanager
def console(manager: Manager, instance: str, feature: Feature) -> Iterator[InstanceRecord]:
    """The record of an instance that has the feature and is at rest; the request is carried out within.

    Raises:
        Refusal: it is a disaster-recovery instance, read-only, or in the middle of something.
    """
    with offered(manager, instance, feature):
        not_read_only(manager, instance)
        manager.require_idle(instance)
        yield manager.existing(instance)


@contextmanager
def offered(manager: Manager, instance: str, feature: Feature) -> Iterator[None]:
    """The request is carried out within, unless a disaster-recovery instance is asked; it may be busy.

    Raises:
        Refusal: it is one.
    """
    refusal = _is_disaster_recovery(manager, instance, feature)
    if refusal is None:
        yield
        return
    if not manager.work.settings.decisions.refused_changes_nothing:
        with suppress(Refusal):
            yield
    raise refusal


def _is_disaster_recovery(manager: Manager, instance: str, feature: Feature) -> Refusal | None:
    record = manager.existing(instance)
    decisions = manager.work.settings.decisions
    if record.type is InstanceType.DISASTER_RECOVERY:
        refuses = decisions.dr_refuses_console
    else:
        refuses = not (decisions.activation_opens_console if record.promoted_from else decisions.serves_console)
    if not refuses:
        return None
    sentence = (
        f"instance {instance} is a disaster-recovery instance, which does not support {feature}; ask its master "
        f"{record.master} for it, or promote this one first"
    )
    return Refusal(Code.NOT_ON_DISASTER_RECOVERY, sentence)


def require_running(record: InstanceRecord) -> None:
    """Refuse where its primary takes no statements for now."""
    if record.state is not State.RUNNING:
        sentence = f"instance {record.id} is {record.state} ({record.reason}); ask again when it runs"
        raise Refusal(Code.NOT_RUNNING, sentence)


@contextmanager
def reaching(record: InstanceRecord) -> Iterator[None]:
    """A connection is opened within; nothing was run where that fails.

    Raises:
        Refusal: instead of SqlError.
    """
    try:
        yield
    except SqlError as error:
        sentence = f"the server of instance {record.id} did not let us in ({error}), and nothing was run; ask again"
        raise Refusal(Code.NOT_RUNNING, sentence) from error


@contextmanager
def asking(record: InstanceRecord, what: str) -> Iterator[None]:
    """A statement is run within.

    Raises:
        Refusal: instead of SqlError: with MySQL's own sentence, or saying that it gave no answer.
    """
    try:
        yield
    except SqlError as error:
        raise _refusal(record, what, error) from error


def _refusal(record: InstanceRecord, what: str, error: SqlError) -> Refusal:
    number, words = error_of(error)
    if answered(number):
        return Refusal(Code.SQL_REFUSED, f"MySQL refused {what} on instance {record.id}: {number} {words}")
    sentence = (
        f"instance {record.id} gave no answer to {what} in time ({number} {words}); it may have been carried out, or "
        "still be running: look before you ask again"
    )
    return Refusal(Code.NO_ANSWER, sentence)
