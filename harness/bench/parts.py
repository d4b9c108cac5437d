"""The parts of the benchmark: what measures each."""

from collections.abc import Callable, Iterator
from functools import partial

from hadrill.environments.embedded.site import Parts
from hadrill.harness.bench.figure import Figure
from hadrill.harness.bench.judgements import judgements
from hadrill.harness.bench.kind import FREEZE, ISOLATION, KILL, SWITCH, Kind
from hadrill.harness.bench.ledger_cost import ledger_against_bare
from hadrill.harness.bench.recovery import recoveries
from hadrill.harness.bench.rounds import pair_against_bare
from hadrill.harness.bench.stopwatch import stopwatch
from hadrill.harness.bench.takeover import takeovers
from hadrill.harness.bench.whole_drill import drills

Figures = tuple[Figure, ...]
Say = Callable[[str], None]
"""Takes a line of progress."""

Measure = Callable[[int, Figures], Iterator[Figures]]
"""Takes how often, and what an interrupted call left of the part; yields its figures so far, the last time all."""


def measures(parts: Parts, say: Say) -> dict[str, Measure]:
    """What measures each part, by the name of its option."""

    def kind(which: Kind) -> Measure:
        return lambda count, earlier: takeovers(parts, which, count, earlier, say)

    return {
        "runs": _anew(partial(pair_against_bare, parts, say=say)),
        "switches": kind(SWITCH),
        "kills": kind(KILL),
        "freezes": kind(FREEZE),
        "isolations": kind(ISOLATION),
        "blocks": _anew(partial(ledger_against_bare, parts, say=say)),
        "outages": _anew(partial(stopwatch, say=say)),
        "judgements": _anew(partial(judgements, say=say)),
        "recoveries": _anew(partial(recoveries, parts, say=say)),
        "drills": _anew(partial(drills, say=say)),
    }


def _anew(measure: Callable[[int], Figures]) -> Measure:
    """A part of which an interrupted call leaves nothing."""

    def whole(count: int, _earlier: Figures) -> Iterator[Figures]:
        yield measure(count)

    return whole
