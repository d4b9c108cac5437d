"""What an error on a connection says."""

import pymysql
import pytest

from hadrill.harness.engines.mysql.sql_errors import answered, error_of


@pytest.mark.parametrize(
    ("number", "is_answer"), [(1064, True), (3024, True), (2013, False), (2006, False), (1053, False)]
)
def test_the_clients_own_errors_are_no_answer(number: int, is_answer: bool) -> None:
    """Nor is that of a server that is shutting down: what became of the statement is not known."""
    assert error_of(pymysql.err.OperationalError(number, "words")) == (number, "words")
    assert answered(number) == is_answer


def test_an_error_without_a_number_is_no_answer() -> None:
    """Whatever it says."""
    assert error_of(pymysql.err.InterfaceError("closed")) == (0, "closed")
    assert error_of(UnicodeDecodeError("utf-8", b"x", 0, 1, "bad"))[0] == 0
    assert not answered(0)
