"""Waiting for a state, and following what is waited for."""

from collections.abc import Iterator

import pytest

from hadrill.harness.errors import WaitTimeout
from hadrill.harness.wait import FOLLOWED, NotYet, Wait, until


@pytest.fixture
def followed() -> Iterator[list[Wait]]:
    """The waits of this thread while a test lasts."""
    waits: list[Wait] = []
    token = FOLLOWED.set(waits)
    yield waits
    FOLLOWED.reset(token)


def test_who_follows_sees_what_is_waited_for_and_what_was_seen(followed: list[Wait]) -> None:
    """The awaited state, its limit and what was seen last stand there as long as the wait lasts."""
    seen: list[tuple[str, float, str]] = []

    def probe() -> bool | NotYet:
        seen.extend((wait.what, wait.timeout_s, wait.seen) for wait in followed)
        return True if len(seen) == 2 else NotYet("half of it")

    until(probe, "the whole of it", timeout_s=5, interval_s=0)
    assert seen == [("the whole of it", 5, "nothing yet"), ("the whole of it", 5, "half of it")]
    assert followed == []


def test_a_wait_within_a_wait_stands_behind_it(followed: list[Wait]) -> None:
    """The outermost comes first: it is what the drill waits for."""
    orders: list[list[str]] = []

    def inner() -> bool:
        orders.append([wait.what for wait in followed])
        return True

    until(lambda: until(inner, "a part", timeout_s=1), "the whole", timeout_s=1)
    assert orders == [["the whole", "a part"]]


def test_a_wait_that_was_given_up_is_followed_no_more(followed: list[Wait]) -> None:
    """The message ends with what was seen last, and the wait is gone."""
    with pytest.raises(WaitTimeout, match="waited 0 s for more; last seen: too little"):
        until(lambda: NotYet("too little"), "more", timeout_s=0)
    assert followed == []


def test_what_is_tolerated_is_seen(followed: list[Wait]) -> None:
    """An error of the probe stands as what was seen."""
    errors = iter([OSError("no answer"), None])
    seen: list[str] = []

    def probe() -> bool:
        seen.extend(wait.seen for wait in followed)
        error = next(errors)
        if error:
            raise error
        return True

    until(probe, "an answer", timeout_s=1, interval_s=0, tolerate=(OSError,))
    assert seen == ["nothing yet", "OSError: no answer"]
