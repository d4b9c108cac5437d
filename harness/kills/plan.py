"""Which kill comes when (pure): every part with every signal, at moments spread evenly over a drill's length."""

import signal
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from random import Random
from typing import Final


class Part(StrEnum):
    """What of a drill is killed.

    The harness forks a process for each scenario that runs beside others; that one is its guardian's parent. Where one
    scenario runs after the other the harness itself is.
    """

    HARNESS = "harness"
    PARENT = "guardian's parent"
    GUARDIAN = "guardian"
    TOXIPROXY = "Toxiproxy"
    HAPROXY = "HAProxy"
    MANAGER = "manager"


INSTRUMENTS: Final = frozenset({Part.GUARDIAN, Part.TOXIPROXY, Part.HAPROXY})
"""What a scenario sees through: once one of its own is lost, what is seen says nothing about the drilled system."""

SIGNALS: Final = (signal.SIGKILL, signal.SIGTERM, signal.SIGHUP, signal.SIGINT)
PAIRS: Final = tuple((part, number) for part in (Part.HARNESS, *Part) for number in SIGNALS)
"""Each comes once in as many kills as there are; those of the harness, which everything hangs on, twice."""

EARLIEST_S: Final = 0.2
"""Before that a drill is no more than a Python that starts."""


@dataclass(frozen=True, slots=True)
class PlannedKill:
    """One kill before it is tried.

    Attributes:
        signal: its name.
        at_s: seconds after the drill's start.
        drill_seed: of the drill.
        choose: takes a number and gives an index below it: which of several such parts it is.
    """

    part: Part
    signal: str
    at_s: float
    drill_seed: int
    choose: Callable[[int], int]


def planned_kill(seed: int, number: int, attempt: int, length_s: float) -> PlannedKill:
    """The kill of that number, from 1, which follows from the seed alone.

    Args:
        attempt: from 0; another one has another moment.
        length_s: of an unharmed drill.
    """
    turn, place = divmod(number - 1, len(PAIRS))
    pairs = list(PAIRS)
    Random(f"{seed} {turn}").shuffle(pairs)  # noqa: S311 - it must be repeated, not kept secret
    chance = Random(f"{seed} {number} {attempt}")  # noqa: S311 - see above
    part, chosen = pairs[place]
    return PlannedKill(
        part=part,
        signal=chosen.name,
        at_s=chance.uniform(EARLIEST_S, max(EARLIEST_S, length_s)),
        drill_seed=chance.getrandbits(32),
        choose=chance.randrange,
    )
