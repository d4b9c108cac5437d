"""The one helper that polls: a wait is for a stable end state with a deadline, never a sleep for luck."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Final, TypeVar

from hadrill.harness.errors import WaitTimeout

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class NotYet:
    """What a probe returns while the state is not reached.

    Attributes:
        seen: what was seen instead, in words; the time-out message ends with it.
    """

    seen: str


@dataclass(slots=True, eq=False)
class Wait:
    """A wait that is under way.

    Attributes:
        what: the awaited state in words.
        timeout_s: seconds until it gives up.
        began_s: clock in seconds.
        seen: what was seen last instead.
    """

    what: str
    timeout_s: float
    began_s: float = field(default_factory=time.monotonic)
    seen: str = "nothing yet"


FOLLOWED: Final[ContextVar[list[Wait] | None]] = ContextVar("followed waits", default=None)
"""Where somebody follows what a thread waits for: its waits, the outermost first; None where nobody does."""


@contextmanager
def _followed(wait: Wait) -> Iterator[Wait]:
    waits = FOLLOWED.get()
    if waits is None:
        yield wait
        return
    waits.append(wait)
    try:
        yield wait
    finally:
        waits.remove(wait)


def until(
    probe: Callable[[], T | NotYet],
    what: str,
    *,
    timeout_s: float,
    interval_s: float = 0.02,
    tolerate: tuple[type[Exception], ...] = (),
    now_s: Callable[[], float] = time.monotonic,
    pause: Callable[[float], None] = time.sleep,
) -> T:
    """Poll until the probe returns something other than ``NotYet``.

    Args:
        probe: looks once; returns the value waited for, or ``NotYet`` with what it saw.
        what: the awaited state in words, for the message: "the secondary to be in sync".
        timeout_s: seconds until giving up; the probe is tried at least once.
        interval_s: seconds between two looks.
        tolerate: errors of the probe that count as not yet.
        now_s: clock in seconds, an argument so that tests need not wait.
        pause: sleeps for the given seconds.

    Raises:
        WaitTimeout: the deadline passed; says what was seen last.
    """
    deadline_s = now_s() + timeout_s
    with _followed(Wait(what, timeout_s)) as wait:
        while True:
            try:
                result = probe()
            except tolerate as error:
                wait.seen = f"{type(error).__name__}: {error}"
            else:
                if not isinstance(result, NotYet):
                    return result
                wait.seen = result.seen
            if now_s() >= deadline_s:
                raise WaitTimeout(f"waited {timeout_s:g} s for {what}; last seen: {wait.seen}")
            pause(interval_s)
