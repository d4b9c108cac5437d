"""How long clients wait when the primary is taken away again and again, and what is lost by it."""

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from hadrill.environments.embedded.site import Parts
from hadrill.harness.bench.figure import Figure
from hadrill.harness.bench.kind import Event, Kind
from hadrill.harness.bench.loaded_pair import LoadedPair, open_loaded_pair
from hadrill.harness.bench.takings import Takings, missing
from hadrill.harness.drill.objectives import load_objectives
from hadrill.harness.errors import HadrillError

EVENTS_A_PAIR: Final = 50
"""After so many the next ones strike a new pair: what an interrupted benchmark loses is bounded."""

Say = Callable[[str], None]
"""Takes a line of progress."""


def takeovers(
    parts: Parts, kind: Kind, count: int, earlier: tuple[Figure, ...], say: Say
) -> Iterator[tuple[Figure, ...]]:
    """Take the primary away so many times, with writers on its pair's address all the while.

    After an event that went wrong no other follows; what came before it counts.

    Args:
        earlier: the figures of an interrupted call; their events count.

    Yields:
        the figures so far, after each pair.

    Raises:
        HarnessTrouble: something of our own failed, or nothing could be read back.
    """
    takings = Takings.from_figures(earlier, kind)
    while (left := count - len(takings.seconds)) > 0:
        more, trouble = _with_one_pair(parts, kind, min(left, EVENTS_A_PAIR), say)
        takings += more
        say(f"{kind.name}: {len(takings.seconds)} of {count}")
        left = count - len(takings.seconds)
        yield (*takings.figures(kind), *([missing(kind, left, trouble)] if trouble else []))
        if trouble:
            return


def _with_one_pair(parts: Parts, kind: Kind, count: int, say: Say) -> tuple[Takings, str]:
    """Returns also why it ended early; empty where it did not."""
    events: list[Event] = []
    with (
        tempfile.TemporaryDirectory() as folder,
        open_loaded_pair(parts, Path(folder), witnessed=kind.witnessed) as pair,
    ):
        trouble = _repeat(kind, count, pair, events, say)
        history = pair.history()
    taken = Takings.of(history, events, kind, load_objectives()[kind.objective]) if events else Takings()
    return taken, trouble


def _repeat(kind: Kind, count: int, pair: LoadedPair, events: list[Event], say: Say) -> str:
    try:
        for number in range(count):
            events.append(kind.act(pair))
            say(f"{kind.name} {number + 1} of {count} of this pair")
    except HadrillError as error:
        return str(error)
    return ""
