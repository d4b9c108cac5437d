"""What is asked of the service: what it refuses, or never ends, where that is what it promises."""

from collections.abc import Callable
from dataclasses import replace
from threading import Event
from types import SimpleNamespace
from typing import Final, cast

import pytest

from hadrill.harness.checks.refusal import accepted, refused
from hadrill.harness.drill.period import period_from_now
from hadrill.harness.drill.recorder import Recorder
from hadrill.harness.drill.requests import Requests, refusal_of
from hadrill.harness.drill.subject import Subject
from hadrill.harness.drill.verdicts import Verdicts, no_instruments
from hadrill.harness.errors import HarnessTrouble, PromiseBroken, ServiceRefused, WaitTimeout
from hadrill.harness.evidence.clock import now_ns
from hadrill.harness.wait import NotYet

LIMIT_S: Final = 30.0


def asking(recorder: Recorder, service: object) -> Requests:
    """Of a subject that has a record and a judge."""
    judge = Verdicts(recorder, recorder.run.objectives, no_instruments)
    stage = SimpleNamespace(service=service)
    subject = SimpleNamespace(stage=stage, recorder=recorder, judge=judge, primary="a1", id="db-1")
    return Requests(cast("Subject", subject))


@pytest.fixture
def ask(recorder: Recorder) -> Requests:
    """Where the service itself is not asked."""
    return asking(recorder, None)


def test_a_period_that_was_changed_too_late_is_held_against_nobody(recorder: Recorder) -> None:
    """A switch that waited for the one before was right to happen in it."""
    ask = asking(recorder, SimpleNamespace(set_maintenance_period=lambda *_: None))
    waiting = period_from_now(60, 10)
    ask.period = waiting
    ask.set_period(60)
    ask.period = replace(waiting, begins_ns=now_ns())
    with pytest.raises(HarnessTrouble, match="had begun before another one was set"):
        ask.set_period(60)


def test_a_period_that_is_refused_too_late_is_held_against_nobody(recorder: Recorder) -> None:
    """The switch that waited for the one before may be going on."""
    refuse = raising(ServiceRefused("Busy", "it switches"))
    ask = asking(recorder, SimpleNamespace(set_maintenance_period=lambda *_: refuse()))
    ask.period = replace(period_from_now(60, 10), begins_ns=now_ns())
    with pytest.raises(HarnessTrouble, match="had begun before another one was set"):
        ask.set_period(60)


def test_what_strikes_amid_a_switch_has_looked_before_it_is_asked_for(
    recorder: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A look that takes long would find the switch over."""
    seen: list[str] = []
    closed, over = Event(), Event()

    def switch(*_: object, **__: object) -> None:
        seen.append("asked")
        closed.set()
        over.wait(LIMIT_S)

    ask = asking(recorder, SimpleNamespace(switch=switch))
    monkeypatch.setattr(Requests, "_is_closed", lambda *_: closed.is_set() or NotYet("open"))

    def strike(amid: Callable[[], None]) -> None:
        seen.append("looked")
        amid()
        seen.append("struck")
        over.set()

    ask.switch_struck(strike)
    assert seen == ["looked", "asked", "struck"]


def raising(error: Exception) -> Callable[[], object]:
    """A request that ends so."""

    def request() -> object:
        raise error

    return request


@pytest.mark.parametrize("error", [ServiceRefused("Busy", "it is busy"), WaitTimeout("waited 90 s for it")])
def test_what_is_promised_and_not_had_is_a_finding(ask: Requests, recorder: Recorder, error: Exception) -> None:
    """It changes no primary, so that no switch is on record by which others judge."""
    with pytest.raises(PromiseBroken, match="its release was asked for and not carried out"):
        ask.promised("its release", raising(error))
    assert recorder.history().switches == ()


def test_a_manager_that_did_not_answer_is_held_against_nobody(ask: Requests) -> None:
    """There is no verdict."""
    with pytest.raises(HarnessTrouble, match="did not answer"):
        ask.promised("its release", raising(HarnessTrouble("the manager did not answer")))


def test_what_was_taken_and_never_ends_was_not_refused() -> None:
    """Nor is it carried out, where that is asked."""
    answer = refusal_of("a switch", raising(WaitTimeout("waited 90 s for it")))
    (taken,), (undone,) = refused(answer, "Busy").findings, accepted((answer,)).findings
    assert taken.sentence == "a switch was accepted"
    assert undone.sentence == "a switch was accepted and not carried out: it did not end: waited 90 s for it"


def test_what_is_had_is_judged_by_what_comes_of_it(ask: Requests, recorder: Recorder) -> None:
    """The request alone shows nothing."""
    before = recorder.position
    ask.promised("its release", lambda: None)
    assert recorder.position == before
