"""The exit code of a session that drilled (design decision 14)."""

import pytest

WRONG_CALL = 4
NOT_FINISHED = 3
PROMISE_BROKEN = 1


def exit_code(pytest_status: int, drill: int, *, others_failed: bool) -> int:
    """The one code for a drill and the ordinary tests that ran beside it.

    Args:
        pytest_status: what pytest would end with.
        drill: 0 all passed, 1 a promise was broken, 2 no verdict on something, 3 not finished.
        others_failed: a test that is no scenario failed.
    """
    if pytest_status == pytest.ExitCode.USAGE_ERROR:
        return WRONG_CALL
    stopped = pytest_status in (pytest.ExitCode.INTERRUPTED, pytest.ExitCode.INTERNAL_ERROR)
    if stopped or drill == NOT_FINISHED:
        return NOT_FINISHED
    return PROMISE_BROKEN if others_failed else drill
