"""How long clients wait when the primary is killed or switched, and what is lost by it."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from hadrill.environments.embedded.site import Parts
from hadrill.harness.bench.figure import Figure, not_measured, spread_of
from hadrill.harness.bench.loaded_pair import LoadedPair, open_loaded_pair
from hadrill.harness.checks.lost_writes import lost_writes
from hadrill.harness.checks.outage import outage
from hadrill.harness.drill.objectives import load_objectives
from hadrill.harness.errors import HadrillError, HarnessTrouble
from hadrill.harness.model.fault import FaultRecord
from hadrill.harness.model.history import History, SwitchRecord
from hadrill.harness.model.verdict import Objective

Event = SwitchRecord | FaultRecord
Say = Callable[[str], None]
"""Takes a line of progress."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A way in which the primary is taken away.

    Attributes:
        name: of such an event.
        measure: what is measured of it.
        objective: the one that the drill holds such an event to.
        aim_s: of the median, if there is one.
        act: does it to a pair, and leaves the pair protected.
    """

    name: str
    measure: str
    objective: str
    aim_s: float | None
    act: Callable[[LoadedPair], Event]


SWITCH: Final = Kind("switchover", "switchover, outage", "switch", None, LoadedPair.switch)
KILL: Final = Kind(
    "failover after kill -9", "failover after kill -9", "failover after a kill", 1.0, LoadedPair.kill_primary
)


def takeovers(parts: Parts, kind: Kind, count: int, say: Say) -> tuple[Figure, ...]:
    """Take the primary of one pair away so many times, with writers on its address all the while.

    After an event that went wrong no other follows; what came before it counts.

    Raises:
        HarnessTrouble: something of our own failed, or nothing could be read back.
    """
    events: list[Event] = []
    with tempfile.TemporaryDirectory() as folder, open_loaded_pair(parts, Path(folder)) as pair:
        trouble = _repeat(kind, count, pair, events, say)
        history = pair.history()
    rest = f"{kind.name}, the {count - len(events)} that are missing"
    left_out = (not_measured(rest, "s", trouble),) if trouble else ()
    return (*figures(history, events, kind, load_objectives()[kind.objective]), *left_out)


def figures(history: History, events: Sequence[Event], kind: Kind, objective: Objective) -> Iterator[Figure]:
    """What a history comes to (pure): what the drill's own checks measure.

    After a switch it is the longest time without an acknowledgement, after a kill the time from the kill to the first
    acknowledgement by the other server of a write that was sent after it.

    Args:
        history: with the load of all events.
        events: of one kind; where there are none there are no figures.
        kind: of the events.
        objective: what the check needs; its limit does not matter here.

    Raises:
        HarnessTrouble: the history does not show how one of them ended.
    """
    if events:
        yield from spread_of(kind.measure, [_seconds(history, event, objective) for event in events], kind.aim_s)
        yield _lost(history, kind)


def _repeat(kind: Kind, count: int, pair: LoadedPair, events: list[Event], say: Say) -> str:
    """Returns why it ended early; empty where it did not."""
    try:
        for number in range(count):
            events.append(kind.act(pair))
            say(f"{kind.name} {number + 1} of {count}")
    except HadrillError as error:
        return str(error)
    return ""


def _seconds(history: History, event: Event, objective: Objective) -> float:
    judgement = outage(history, objective, event)
    value = judgement.measures[0].value if judgement.measures else None
    if value is None:
        said = [finding.sentence for finding in judgement.findings] or [judgement.undecided]
        raise HarnessTrouble(f"the writers' record does not show how an event ended: {'; '.join(said)}")
    return value


def _lost(history: History, kind: Kind) -> Figure:
    judgement = lost_writes(history)
    value = judgement.measures[0].value
    told = "; ".join(finding.sentence for finding in judgement.findings) or judgement.undecided
    rows = 0 if history.present is None else len(history.present)
    samples = () if value is None else (value,)
    return Figure(f"{kind.name}, acknowledged writes lost", value, "rows", 0.0, samples, told or f"of {rows} rows")
