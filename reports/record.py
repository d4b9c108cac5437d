"""A run as its folder tells it, scenario by scenario: the one reading that all reports are made from."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from hadrill.harness.errors import HarnessTrouble
from hadrill.harness.evidence.carried import carried
from hadrill.harness.evidence.events import EventKind
from hadrill.harness.evidence.journal import Event, read_journal
from hadrill.harness.model.verdict import Judgement
from hadrill.reports.plan import Plan, PlannedScenario, read_plan

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Recorded:
    """A judgement and where it stands in the journal.

    Attributes:
        clause: the requirement that the check was asked for; empty where it stands for all of the scenario's.
        seq: of the journal's line.
    """

    clause: str
    judgement: Judgement
    seq: int


@dataclass(frozen=True, slots=True)
class Trouble:
    """An instrument's failure, as a sentence, and where it stands in the journal."""

    sentence: str
    seq: int


@dataclass(frozen=True, slots=True)
class ScenarioRecord:
    """What a run recorded of one scenario.

    Attributes:
        began_ns, ended_ns: monotonic clock; None for what did not happen.
        status: ``passed``, ``failed``, ``broken``, ``not addressed``; empty where it never ended.
        reason: why, where the status needs one.
        asserted: what steps found by themselves, where no check has that on record.
    """

    planned: PlannedScenario
    began_ns: int | None = None
    ended_ns: int | None = None
    status: str = ""
    reason: str = ""
    judgements: tuple[Recorded, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    asserted: tuple[str, ...] = ()

    @property
    def seconds(self) -> float | None:
        """How long it took; None where it did not begin or never ended."""
        if self.began_ns is None or self.ended_ns is None:
            return None
        return (self.ended_ns - self.began_ns) / 1e9


@dataclass(frozen=True, slots=True)
class RunRecord:
    """What a run recorded.

    Attributes:
        started, last_seen: UTC of the journal's first and last line, ISO 8601; empty for an empty journal.
        finished: the journal has its closing line.
        versions: of the parts that were used, by name.
        warnings: of the parts, for example that one is not of the version that the project was tested with.
        scenarios: in the plan's order.
        troubles: instruments that failed outside any scenario.
        server_files: folders in which the servers kept theirs.
    """

    plan: Plan
    started: str
    last_seen: str
    finished: bool
    versions: dict[str, str]
    warnings: tuple[str, ...]
    scenarios: tuple[ScenarioRecord, ...]
    troubles: tuple[Trouble, ...] = ()
    server_files: tuple[str, ...] = ()


def read_record(folder: Path) -> RunRecord:
    """Read plan and journal of a run.

    Raises:
        HarnessTrouble: either is missing or damaged; a torn last line of the journal is not damage.
    """
    plan = read_plan(folder)
    events = tuple(read_journal(folder))
    return RunRecord(
        plan=plan,
        started=events[0].utc if events else "",
        last_seen=events[-1].utc if events else "",
        finished=any(event.kind is EventKind.CLOSED for event in events),
        versions={"hadrill": plan.hadrill, **_versions(events)},
        warnings=tuple(warning for values in _settings("warnings", tuple[str, ...], events) for warning in values),
        scenarios=tuple(_scenario(planned, events) for planned in plan.scenarios),
        troubles=_troubles(event for event in events if not event.scenario),
        server_files=tuple(sorted(set(_settings("server files", str, events)))),
    )


def read_scenario(folder: Path, scenario: str) -> ScenarioRecord:
    """Read what plan and journal say of one scenario, by its id.

    Raises:
        HarnessTrouble: either is missing or damaged, or the plan knows no such scenario.
    """
    planned = next((one for one in read_plan(folder).scenarios if one.id == scenario), None)
    if planned is None:
        raise HarnessTrouble(f"the plan in {folder} knows no scenario {scenario!r}")
    return _scenario(planned, read_journal(folder, scenario))


def _scenario(planned: PlannedScenario, events: Iterable[Event]) -> ScenarioRecord:
    own = tuple(event for event in events if event.scenario == planned.id)
    began = next((event for event in own if event.kind is EventKind.SCENARIO), None)
    ended = next((event for event in reversed(own) if event.kind is EventKind.ENDED), None)
    return ScenarioRecord(
        planned=planned,
        began_ns=began.mono_ns if began else None,
        ended_ns=ended.mono_ns if ended else None,
        status=carried(ended, str, "status") if ended else "",
        reason=str(ended.data.get("reason") or "") if ended else "",
        judgements=tuple(_recorded(event) for event in own if event.kind is EventKind.JUDGEMENT),
        troubles=_troubles(own),
        asserted=tuple(str(event.data["asserted"]) for event in own if event.data.get("asserted")),
    )


def _recorded(event: Event) -> Recorded:
    return Recorded(str(event.data.get("clause") or ""), carried(event, Judgement), event.seq)


def _troubles(events: Iterable[Event]) -> tuple[Trouble, ...]:
    return tuple(
        Trouble(carried(event, str, "sentence"), event.seq) for event in events if event.kind is EventKind.TROUBLE
    )


def _versions(events: Iterable[Event]) -> dict[str, str]:
    return {
        name: version for values in _settings("versions", dict[str, str], events) for name, version in values.items()
    }


def _settings(what: str, kind: type[T], events: Iterable[Event]) -> Iterator[T]:
    """What was recorded of the whole run under that name, in order."""
    for event in events:
        if event.kind is EventKind.SETTING and not event.scenario and event.data.get("what") == what:
            yield carried(event, kind, "values")
