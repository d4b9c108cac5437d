"""What is asked of the service: what it refuses, or never ends, where that is what it promises."""

from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace
from typing import cast

import pytest

from hadrill.harness.checks.refusal import accepted, refused
from hadrill.harness.drill.period import period_from_now
from hadrill.harness.drill.recorder import Recorder
from hadrill.harness.drill.requests import Requests, refusal_of
from hadrill.harness.drill.subject import Subject
from hadrill.harness.drill.verdicts import Verdicts, no_instruments
from hadrill.harness.errors import HarnessTrouble, PromiseBroken, ServiceRefused, WaitTimeout
from hadrill.harness.evidence.clock import now_ns


@pytest.fixture
def ask(recorder: Recorder) -> Requests:
    """Of a subject that has a record and a judge."""
    judge = Verdicts(recorder, recorder.run.objectives, no_instruments)
    return Requests(
        cast("Subject", SimpleNamespace(stage=SimpleNamespace(service=None), recorder=recorder, judge=judge))
    )


def test_a_period_that_was_changed_too_late_is_held_against_nobody(
    ask: Requests, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A switch that waited for the one before was right to happen in it."""
    monkeypatch.setattr(Requests, "promised", lambda *_: None)
    waiting = period_from_now(60, 10)
    ask.period = waiting
    ask.set_period(60)
    ask.period = replace(waiting, begins_ns=now_ns())
    with pytest.raises(HarnessTrouble, match="had begun before another one was set"):
        ask.set_period(60)


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
