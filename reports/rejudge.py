"""A finished run judged again, from its folder alone: what the checks say now beside what they said in the drill."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from hadrill.harness.checks.registry import CHECKS, ON_SIGHT
from hadrill.harness.errors import HarnessTrouble
from hadrill.harness.evidence.basis import Basis, arguments_of
from hadrill.harness.evidence.carried import carried
from hadrill.harness.evidence.events import EventKind
from hadrill.harness.evidence.history import read_history
from hadrill.harness.evidence.journal import Event, read_journal
from hadrill.harness.model.history import History
from hadrill.harness.model.verdict import Judgement


@dataclass(frozen=True, slots=True)
class Rejudged:
    """One judgement of the journal, and the same check asked again.

    Attributes:
        seq: of the journal's line; a judgement of several clauses has one for each.
        scenario: its id.
        recorded: what was said in the drill.
        again: what is said now; None where no check can be asked again.
    """

    seq: int
    scenario: str
    recorded: Judgement
    again: Judgement | None

    @property
    def agrees(self) -> bool:
        """The same verdict, findings and measures; one that cannot be asked again agrees with nothing."""
        return self.again == self.recorded


def rejudge(folder: Path) -> tuple[Rejudged, ...]:
    """Ask every check of a run again, each with what it was given then.

    Raises:
        HarnessTrouble: a segment is missing or was changed, or the journal names a check that there is none of.
    """
    return tuple(_rejudged(folder))


def _rejudged(folder: Path) -> Iterator[Rejudged]:
    histories: dict[tuple[str, str, int], History] = {}
    for event in read_journal(folder):
        if event.kind is not EventKind.JUDGEMENT:
            continue
        basis, label = carried(event, Basis), str(event.data.get("instance", ""))
        history = None
        if basis.before is not None:
            place = (event.scenario, label, basis.before)
            history = histories.get(place) or read_history(folder, *place)
            histories = {place: history}  # the next judgement is of the same one, as a rule; all of them may be large
        recorded = carried(event, Judgement)
        yield Rejudged(event.seq, event.scenario, recorded, _again(event, recorded.check, basis, history))


def _again(event: Event, name: str, basis: Basis, history: History | None) -> Judgement | None:
    if basis.given is None:
        return None
    check = (ON_SIGHT if history is None else CHECKS).get(name)
    if check is None:
        raise HarnessTrouble(f"event {event.seq} of the journal is a judgement of {name!r}; there is no such check")
    ask = check if history is None else partial(check, history)
    return ask(**arguments_of(check, basis.given))
