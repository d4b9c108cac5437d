"""What a drill's own folder says after a kill: how it reads, and whether the journal's lines bear that out."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from hadrill.harness.errors import HarnessTrouble
from hadrill.harness.evidence.events import EventKind
from hadrill.harness.evidence.journal import JOURNAL, Event, read_journal
from hadrill.harness.kills.junit import Junit
from hadrill.harness.model.verdict import Verdict
from hadrill.reports.record import RunRecord, ScenarioRecord, read_record
from hadrill.reports.result import RESULT
from hadrill.reports.ruling import exit_code, rule_scenario

JUNIT: Final = "junit.xml"
GRACE_NS: Final = 250_000_000
"""A judgement is written a moment after the instruments were looked at: one so soon after a death may be right."""


@dataclass(frozen=True, slots=True)
class Death:
    """When a victim was gone (monotonic clock), and the network that its site had; empty where it had none yet."""

    at_ns: int
    network: str


@dataclass(frozen=True, slots=True)
class Reading:
    """How a drill's record reads.

    Attributes:
        reads: the exit code that follows from plan and journal.
        told: the exit code in the result; None where there is none.
        closed: the journal has its closing line.
        endless: planned scenarios without an end in the journal.
        passed: scenarios on the victim's site that read as passed, though one of their judgements came after its death.
        blamed: those that read as failed, though what they found came after it.
        answered: those that read as passed, and in which the service answered after its death.
        passing: how many scenarios read as passed.
        junit: what the JUnit file says; None where there is none.
    """

    reads: int
    told: int | None
    closed: bool
    endless: tuple[str, ...]
    passed: tuple[str, ...] = ()
    blamed: tuple[str, ...] = ()
    answered: tuple[str, ...] = ()
    passing: int = 0
    junit: Junit | None = None


def reading_of(output: Path, death: Death | None) -> Reading | None:
    """Read what the drill wrote in that output folder; None where no run had begun.

    Args:
        death: None where nothing died but the harness.

    Raises:
        HarnessTrouble: there are several runs, or the record is damaged.
        ValueError: the result or the JUnit file is.
    """
    runs = [path.parent for path in output.glob(f"*/{JOURNAL}") if not path.parent.is_symlink()]
    if not runs:
        return None
    if len(runs) > 1:
        raise HarnessTrouble(f"{output} should hold the one run of a drill and holds {len(runs)}")
    record, events = read_record(runs[0]), tuple(read_journal(runs[0]))
    result = runs[0] / RESULT
    told = int(json.loads(result.read_bytes())["exit_code"]) if result.exists() else None
    return replace(reading(record, events, told, death), junit=Junit.of(runs[0] / JUNIT))


def reading(record: RunRecord, events: Iterable[Event], told: int | None, death: Death | None) -> Reading:
    """The same from what was read (pure)."""
    every = tuple(events)
    ended = {event.scenario for event in every if event.kind is EventKind.ENDED}
    base = Reading(
        reads=exit_code(record),
        told=told,
        closed=any(event.kind is EventKind.CLOSED for event in every),
        endless=tuple(one.planned.id for one in record.scenarios if one.planned.id not in ended),
        passing=sum(rule_scenario(one).verdict is Verdict.PASS for one in record.scenarios),
    )
    if death is None or not death.network:
        return base
    passed, blamed, answered = list[str](), list[str](), list[str]()
    for scenario in record.scenarios:
        own = [event for event in every if event.scenario == scenario.planned.id]
        if not _played_there(scenario, own, death):
            continue
        late = [event for event in own if event.mono_ns > death.at_ns + GRACE_NS]
        verdict = rule_scenario(scenario).verdict
        if verdict is Verdict.PASS and any(event.kind is EventKind.JUDGEMENT for event in late):
            passed.append(scenario.planned.id)
        if verdict is Verdict.PASS and any(map(_is_answer, late)) and not any(map(_restarts_manager, own)):
            answered.append(scenario.planned.id)
        if verdict is Verdict.FAIL and not any(_finds_fault(event) for event in own if event not in late):
            blamed.append(scenario.planned.id)
    return replace(base, passed=tuple(passed), blamed=tuple(blamed), answered=tuple(answered))


def _played_there(scenario: ScenarioRecord, events: Iterable[Event], death: Death) -> bool:
    """It was under way at that moment, on that network, which others may have had before and after it."""
    began, ended = scenario.began_ns, scenario.ended_ns
    if began is None or began > death.at_ns or (ended is not None and ended < death.at_ns):
        return False
    instances = (event.data["values"] for event in events if _is_setting(event, "instance"))
    return any(str(one["address"]["host"]).startswith(f"{death.network}.") for one in instances)


def _is_setting(event: Event, what: str) -> bool:
    return event.kind is EventKind.SETTING and event.data["what"] == what


def _is_answer(event: Event) -> bool:
    """Only a manager that lives finishes a switch or refuses one."""
    finished = event.kind is EventKind.SWITCH and event.data["switch"]["finished_ns"] is not None
    return finished or _is_setting(event, "refusal")


def _restarts_manager(event: Event) -> bool:
    return event.kind is EventKind.INJECTING and str(event.data["name"]).startswith("manager")


def _finds_fault(event: Event) -> bool:
    failing = event.kind is EventKind.JUDGEMENT and event.data["verdict"] == Verdict.FAIL
    return failing or (event.kind is EventKind.STEP and event.data["status"] == "failed")
