"""What errors tell of an operation."""

import struct

import pymysql
import pytest

from hadrill.harness.model.operation import Outcome
from hadrill.harness.workload.outcome import (
    CLOSES_THE_DOOR,
    LEAVES_IT_OPEN,
    REFUSES_THE_STATEMENT,
    UNNUMBERED,
    Phase,
    Ruling,
    number_of,
    rule,
)

DUPLICATE_KEY = 1062


@pytest.mark.parametrize("number", REFUSES_THE_STATEMENT)
def test_listed_refusal_is_definite(number: int) -> None:
    """A listed refusal says that the write is certainly not there."""
    assert rule(Phase.REQUEST, number) == Ruling(Outcome.REFUSED, known=True)


@pytest.mark.parametrize("number", LEAVES_IT_OPEN)
def test_broken_request_is_open(number: int) -> None:
    """What ends a request at an unknown point says nothing of the write."""
    assert rule(Phase.REQUEST, number) == Ruling(Outcome.INDETERMINATE, known=True)


@pytest.mark.parametrize("number", CLOSES_THE_DOOR)
def test_who_is_inside_is_not_refused_at_the_door(number: int) -> None:
    """An error that belongs before a session says nothing of what was sent within one."""
    assert rule(Phase.REQUEST, number) == Ruling(Outcome.INDETERMINATE, known=True)


@pytest.mark.parametrize("number", [*CLOSES_THE_DOOR, *LEAVES_IT_OPEN, *REFUSES_THE_STATEMENT])
def test_nothing_was_sent_while_connecting(number: int) -> None:
    """Until the connection stands nothing of the operation has left, so every error is a refusal."""
    assert rule(Phase.CONNECT, number) == Ruling(Outcome.REFUSED, known=True)


@pytest.mark.parametrize("number", [*CLOSES_THE_DOOR, *LEAVES_IT_OPEN, *REFUSES_THE_STATEMENT])
def test_nothing_is_committed_before_the_commit(number: int) -> None:
    """Within a transaction whose COMMIT was not sent every error is a refusal: the server was not asked to keep it."""
    assert rule(Phase.TRANSACTION, number) == Ruling(Outcome.REFUSED, known=True)


def test_a_stranger_within_a_transaction_is_reported() -> None:
    """It refuses the transaction all the same."""
    assert rule(Phase.TRANSACTION, DUPLICATE_KEY) == Ruling(Outcome.REFUSED, known=False)


@pytest.mark.parametrize("number", [DUPLICATE_KEY, 1064, 1105, 65_535, UNNUMBERED])
def test_stranger_is_open_and_reported(number: int) -> None:
    """An error in no list never counts as a refusal, and is reported; a duplicate key is one, since keys are unique."""
    assert rule(Phase.REQUEST, number) == Ruling(Outcome.INDETERMINATE, known=False)


def test_no_number_is_in_two_lists() -> None:
    """One error has one meaning."""
    lists = (REFUSES_THE_STATEMENT, LEAVES_IT_OPEN, CLOSES_THE_DOOR)
    assert sum(len(numbers) for numbers in lists) == len(set().union(*lists))


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (pymysql.OperationalError(2013, "Lost connection"), 2013),
        (pymysql.InterfaceError(0, ""), 0),
        (pymysql.InternalError("Packet sequence number wrong - got 3 expected 1"), UNNUMBERED),
        (pymysql.OperationalError("received unknown auth switch request"), UNNUMBERED),
        (pymysql.MySQLError(), UNNUMBERED),
        (pymysql.OperationalError(-15_536, "signed by the driver"), 50_000),
        (struct.error("unpack requires a buffer of 4 bytes"), UNNUMBERED),
        (ConnectionResetError(104, "an errno is no MySQL error"), UNNUMBERED),
    ],
)
def test_number_of_an_error(error: Exception, expected: int) -> None:
    """The number is the driver's if it gave one; all else is one unknown error."""
    assert expected == number_of(error)
