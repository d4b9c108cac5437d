"""What a history of takeovers comes to (pure): seconds, rows, servers that were primary at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final, Self

from hadrill.harness.bench.figure import P99, Figure, not_measured, spread_of, sum_of
from hadrill.harness.bench.kind import Event, Kind
from hadrill.harness.checks.lost_writes import lost_writes
from hadrill.harness.checks.outage import outage
from hadrill.harness.checks.two_primaries import two_primaries
from hadrill.harness.errors import HarnessTrouble
from hadrill.harness.model.fault import FaultRecord
from hadrill.harness.model.history import History, SwitchRecord
from hadrill.harness.model.verdict import Judgement, Objective

LOST: Final = "lost"
ROWS: Final = "rows kept"
TWICE: Final = "two primaries"


@dataclass(frozen=True, slots=True)
class Takings:
    """What was found so far; each pair of servers adds to it.

    Attributes:
        seconds: of each event.
        lost, rows: of each pair: acknowledged writes that were gone, and rows that were there at the end.
        twice: findings of ``two_primaries``, of each pair; empty where it was not looked for.
        told: what the checks said against it, a sentence each.
    """

    seconds: tuple[float, ...] = ()
    lost: tuple[float, ...] = ()
    rows: tuple[float, ...] = ()
    twice: tuple[float, ...] = ()
    told: tuple[str, ...] = ()

    @classmethod
    def of(cls, history: History, events: Sequence[Event], kind: Kind, objective: Objective) -> Self:
        """What one pair's history comes to: what the drill's own checks measure.

        After a switch it is the longest time without an acknowledgement, after a fault the time from it to the first
        acknowledgement by the other server of a write that was sent after it.

        Args:
            history: with the load of all events.
            events: of one kind, at least one.
            kind: of the events.
            objective: what the check needs; its limit does not matter here.

        Raises:
            HarnessTrouble: the history does not show how one of them ended, or whether two were primary.
        """
        whole = replace(
            history,
            faults=tuple(event for event in events if isinstance(event, FaultRecord)),
            switches=tuple(event for event in events if isinstance(event, SwitchRecord)),
        )
        lost = lost_writes(whole)
        twice = [two_primaries(whole)] if kind.witnessed else []
        for judgement in (lost, *twice):
            _require_verdict(judgement)
        return cls(
            seconds=tuple(_seconds(whole, event, objective) for event in events),
            lost=tuple(measure.value for measure in lost.measures[:1] if measure.value is not None),
            rows=(float(0 if history.present is None else len(history.present)),),
            twice=tuple(float(len(judgement.findings)) for judgement in twice),
            told=_sentences((lost, *twice)),
        )

    @classmethod
    def from_figures(cls, figures: Iterable[Figure], kind: Kind) -> Self:
        """What the figures of an earlier call were made of."""
        samples = {figure.name: figure.samples for figure in figures}
        lost, rows, twice = (samples.get(f"{kind.name}, {what}", ()) for what in (LOST, ROWS, TWICE))
        told = tuple(figure.note for figure in figures if figure.note and figure.value)
        return cls(samples.get(f"{kind.measure}, {P99}", ()), lost, rows, twice, told)

    def __add__(self, other: "Takings") -> "Takings":
        """Both, one after the other."""
        return Takings(
            self.seconds + other.seconds,
            self.lost + other.lost,
            self.rows + other.rows,
            self.twice + other.twice,
            self.told + other.told,
        )

    def figures(self, kind: Kind) -> tuple[Figure, ...]:
        """As lines of the benchmark; without events there are none."""
        if not self.seconds:
            return ()
        told = "; ".join(self.told)
        counted = [sum_of(f"{kind.name}, {LOST}", self.lost, "rows", 0.0, told)]
        counted += [sum_of(f"{kind.name}, {ROWS}", self.rows, "rows")]
        counted += [sum_of(f"{kind.name}, {TWICE}", self.twice, "times", 0.0, told)] if kind.witnessed else []
        return (*spread_of(kind.measure, self.seconds, aims=kind.aims), *counted)


def missing(kind: Kind, count: int, why: str) -> Figure:
    """The line that says that so many events are missing."""
    return not_measured(f"{kind.name}, the {count} that are missing", "s", why)


def _seconds(history: History, event: Event, objective: Objective) -> float:
    judgement = outage(history, objective, event)
    value = judgement.measures[0].value if judgement.measures else None
    if value is None:
        said = [finding.sentence for finding in judgement.findings] or [judgement.undecided]
        raise HarnessTrouble(f"the writers' record does not show how an event ended: {'; '.join(said)}")
    return value


def _require_verdict(judgement: Judgement) -> None:
    if judgement.undecided:
        raise HarnessTrouble(f"no verdict on {judgement.check}: {judgement.undecided}")


def _sentences(judgements: Iterable[Judgement]) -> tuple[str, ...]:
    return tuple(finding.sentence for judgement in judgements for finding in judgement.findings)
