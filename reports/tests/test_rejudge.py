"""A finished run is judged again from its folder alone."""

from dataclasses import replace
from pathlib import Path

import pytest

from hadrill.harness.checks.registry import CHECKS, ON_SIGHT
from hadrill.harness.checks.tests.histories import A, B, fault, history, load, switch
from hadrill.harness.drill.verdicts import Verdicts
from hadrill.harness.errors import HarnessTrouble
from hadrill.harness.model.disaster_recovery import MonitoringFigures, ShownProgress, Verification
from hadrill.harness.model.fault import Proof
from hadrill.harness.model.instance import Edition, Endpoint, Instance, State
from hadrill.harness.model.portrait import Portrait, Refusal
from hadrill.harness.model.topology import Node
from hadrill.harness.model.verdict import Measure, Objective, Verdict
from hadrill.reports.rejudge import rejudge
from hadrill.reports.tests.judged_run import SCENARIO, begin_judging, judge, record

PORTRAIT = Portrait("a1", 1, True, True, 0, False, False, True, 1, 0, "AFTER_SYNC", "9.7.4")
PLACE = Node("a1", "a-1", "zone-a", "north")
NEW = Instance("db-1", Edition.BASIC, State.RUNNING, Endpoint("127.0.0.1", 3306), "2026-11-21T11:00:00Z", (), False)
LIMIT = Objective("return", 5.0, "s", "a test")
ON_SIGHT_GIVEN = {
    "accepted": ((Refusal("a switch", "Busy", "ask again when it is over"),),),
    "as asked": ({"a1": {"max_connections": "250"}}, {"max_connections": "300"}),
    "as seen": ("the server", {"port": "3306"}, {"port": "3307"}),
    "carried out": ("a switch", "too late"),
    "differences found": (Verification(1, 3), (("shop.a", "1"),)),
    "figures": ((MonitoringFigures("2026-11-28T05:00:00", 0.0, 0, None, 0.0),),),
    "in time": ("its delivery", 6.0, LIMIT),
    "link gone": ((replace(PORTRAIT, follows=2),), (1, 2), ("127.0.0.1:1",)),
    "listed": ("of south", ("db-1",), ("db-2",)),
    "nothing left": (NEW, ("db-2",), ("a1",), 1),
    "only chosen": ("a1", ("shop.b",), ("shop.a",), ("shop.b",)),
    "progress": ((ShownProgress(0, 0.5), ShownProgress(9, 0.4)),),
    "ran ahead": ("3e11fa47-71ca-11e1-9e33-c80aa9429562:1-9", "3e11fa47-71ca-11e1-9e33-c80aa9429562:1-9"),
    "rebuilt first": (
        {"a3": "3e11fa47-71ca-11e1-9e33-c80aa9429562:1-9"},
        "3e11fa47-71ca-11e1-9e33-c80aa9429562:1-5",
    ),
    "read-only follows": (PORTRAIT, (replace(PORTRAIT, node="a3"),), {"a1": 1, "a3": 3}),
    "said": ("the instance", "down", "", "it was running"),
    "same instance": (NEW, NEW, Edition.HIGH_AVAILABILITY),
    "alone": (("a1", "b1"), PORTRAIT),
    "durable": ((PORTRAIT,),),
    "no other instance": (("db-2",),),
    "same address": (NEW.address, Endpoint("127.0.0.1", 3307)),
    "pair at rest": ((PORTRAIT,), {"a1": 1}),
    "placed": ((PLACE,), 2),
    "refused": (Refusal("a switch", "NoSecondary", "there is no secondary here"), "NoSecondary"),
    "refused during": (((Refusal("a switch", "", ""), "Busy"),),),
    "returned": (1, 2_000_000_000, LIMIT),
    "roles swapped": (
        PLACE,
        Node("b1", "b-1", "zone-b", "north"),
        (PORTRAIT, replace(PORTRAIT, node="b1")),
        {"a1": 1, "b1": 2},
    ),
    "shorter": (Measure("one", 1.0, "s"), Measure("other", 2.0, "s")),
    "struck amid": ("the copy", 1, 3, 2),
    "more to apply": ("3e11fa47-71ca-11e1-9e33-c80aa9429562:1-9", "3e11fa47-71ca-11e1-9e33-c80aa9429562:1-5"),
    "unchanged": (NEW, NEW),
    "went through": ("it", ("creating",), ("creating", "running")),
}


@pytest.fixture
def verdicts(tmp_path: Path) -> Verdicts:
    """Of a run with one scenario that has begun."""
    return begin_judging(tmp_path)


@pytest.fixture
def folder(verdicts: Verdicts) -> Path:
    """The run's."""
    return verdicts.recorder.run.folder


def test_every_judgement_of_a_history_is_made_again(verdicts: Verdicts, folder: Path) -> None:
    """Passes and failures alike: the same findings and measures, held to the same limits and events."""
    rows = (load(A, 0, 5000), load(B, 12_000, 20_000))
    seen = history(*rows, faults=(fault(5000, 15_000),), switches=(switch(18_000, 18_100),))
    record(verdicts.recorder, seen)
    judge(
        verdicts.faults_took_effect,
        verdicts.lost_writes,
        lambda: verdicts.failover("failover after a kill"),
        verdicts.disconnection,
        verdicts.two_primaries,
        verdicts.secondary_access,
        verdicts.in_flight,
        verdicts.commit_waits,
        lambda: verdicts.interruption("one instance's"),
    )
    again = rejudge(folder)
    assert len(again) == 9 * len(SCENARIO.clauses)
    assert [one.recorded for one in again if not one.agrees] == []
    assert {Verdict.PASS, Verdict.FAIL} <= {one.recorded.verdict for one in again}


def test_what_was_recorded_after_a_judgement_does_not_change_it(verdicts: Verdicts, folder: Path) -> None:
    """The history is as each check saw it."""
    record(verdicts.recorder, history(load(A, 0, 5000), faults=(fault(5000, 6000),)))
    judge(verdicts.faults_took_effect)
    verdicts.recorder.injected(replace(fault(4000), target="b1", proof=Proof(False, "nothing", 9)))
    judge(verdicts.faults_took_effect)
    again = rejudge(folder)
    assert [one.agrees for one in again] == [True] * 4
    assert [one.recorded.verdict for one in again] == [Verdict.PASS] * 2 + [Verdict.NO_VERDICT] * 2


@pytest.mark.parametrize("name", ON_SIGHT)
def test_what_was_judged_on_sight_is_judged_again(verdicts: Verdicts, folder: Path, name: str) -> None:
    """All that it was made from stands in its line, under the name that the registry knows."""
    judge(lambda: verdicts.ask(ON_SIGHT[name], *ON_SIGHT_GIVEN[name]))
    again = rejudge(folder)
    assert [(one.recorded.check, one.agrees) for one in again] == [(name, True)] * 2


def test_a_judgement_of_no_check_is_told_apart(verdicts: Verdicts, folder: Path) -> None:
    """It cannot be asked for again, and does not count as confirmed."""
    judge(lambda: verdicts.of(ON_SIGHT["alone"]((), PORTRAIT)))
    assert [(one.again, one.agrees) for one in rejudge(folder)] == [(None, False)] * 2


def test_a_verdict_that_the_evidence_does_not_bear_out_is_seen(verdicts: Verdicts, folder: Path) -> None:
    """A judgement that was written by another hand does not agree."""
    judge(lambda: verdicts.ask(ON_SIGHT["durable"], (PORTRAIT,)))
    journal = folder / "journal.jsonl"
    journal.write_text(journal.read_text().replace('"flush_log":0', '"flush_log":1'))
    assert [(one.agrees, one.again and one.again.verdict) for one in rejudge(folder)] == [(False, Verdict.PASS)] * 2


def test_a_check_that_there_is_none_of_is_named(verdicts: Verdicts, folder: Path) -> None:
    """A journal of another version, say."""
    judge(lambda: verdicts.ask(ON_SIGHT["durable"], (PORTRAIT,)))
    journal = folder / "journal.jsonl"
    journal.write_text(journal.read_text().replace('"check":"durable"', '"check":"hearsay"'))
    with pytest.raises(HarnessTrouble, match="a judgement of 'hearsay'; there is no such check"):
        rejudge(folder)


def test_no_name_stands_for_two_checks() -> None:
    """Else a judgement could be made again by the wrong one."""
    assert set(CHECKS) & set(ON_SIGHT) == set()
