"""What an error on a connection says (pure)."""

from typing import Final

from hadrill.harness.engines.mysql.session import SqlError

_SHUTTING_DOWN: Final = 1053


def error_of(error: SqlError | UnicodeError) -> tuple[int, str]:
    """MySQL's number and sentence; 0 where there is no number."""
    number, words = error.args if len(error.args) == 2 else (0, error)
    return (number if isinstance(number, int) else 0), str(words)


def answered(number: int) -> bool:
    """Whether an error of this number is the server's answer; numbers from 2000 to 2999 are the client's own."""
    return number >= 1000 and number != _SHUTTING_DOWN and not 2000 <= number < 3000
