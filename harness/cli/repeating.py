"""What verbs share that call ``hadrill drill`` again and again."""

import argparse
from collections.abc import Callable
from typing import Final

from hadrill.harness.drill.interruption import Interrupted, Interruption
from hadrill.harness.drill.settings import jobs_from
from hadrill.harness.errors import WrongCall
from hadrill.harness.whole_number import whole_number

INTERRUPTED: Final = 3
PASSED_ON: Final = ("features", "tags", "environment", "objectives", "load", "jobs", "mysqld", "haproxy", "toxiproxy")


def passed_on(given: argparse.Namespace) -> tuple[str, ...]:
    """The drill's own options, as they were given.

    Raises:
        WrongCall: jobs are no number, or something is no text, which no logbook can keep.
    """
    if given.jobs is not None:
        jobs_from(given.jobs)
    values = {name: getattr(given, name) for name in PASSED_ON}
    words = [
        word
        for name, value in values.items()
        if value is not None
        for word in (f"--{name}", *map(str, value if isinstance(value, list) else [value]))
    ]
    for word in words:
        try:
            word.encode()
        except UnicodeEncodeError as error:
            raise WrongCall(f"{word!r} is no text in UTF-8, and cannot be put down; give it another name") from error
    return (*words, "--fresh") if given.fresh else tuple(words)


def how_many(given: str) -> int:
    """After how many drills it is enough.

    Raises:
        WrongCall: it is no number from 1.
    """
    return whole_number(given, "drills are run in", 1)


def to_its_end(go: Callable[[], None], interruption: Interruption, say: Callable[[str], None]) -> bool:
    """Whether it went to its end; a signal that came before is told."""
    try:
        go()
    except Interrupted:
        say(f"stopped by {interruption.by}; the same call goes on from here")
        return False
    return True
