"""What an instance is waited for to be, and what is said where it is not."""

from dataclasses import replace
from types import SimpleNamespace
from typing import cast

import pytest

from hadrill.harness.drill import recovery
from hadrill.harness.drill.objectives import load_objectives
from hadrill.harness.drill.recorder import Recorder
from hadrill.harness.drill.recovery import Recovery
from hadrill.harness.drill.subject import Subject
from hadrill.harness.drill.tests.instances import PAIR
from hadrill.harness.drill.verdicts import Verdicts, no_instruments
from hadrill.harness.errors import HarnessTrouble, PromiseBroken
from hadrill.harness.model.disaster_recovery import Synchronization, SynchronizationTask
from hadrill.harness.model.instance import State

TASK = SynchronizationTask(1, "db-1", "db-0", "by hand", (), Synchronization.SYNCHRONIZING, 1.0)


@pytest.mark.parametrize(
    ("reason", "told"),
    [("no server is left", "it is down: no server is left; "), ("", "it is down: the service does not say why; ")],
)
def test_an_instance_that_does_not_run_is_no_start(reason: str, told: str) -> None:
    """It is said what it was to be, what it is, why, and where to look."""
    subject = cast("Subject", SimpleNamespace(instance=replace(PAIR, state=State.DOWN, reason=reason)))
    with pytest.raises(HarnessTrouble, match="db-1 was to run and be protected before the scenario goes on; " + told):
        Subject.await_at_rest(subject)


@pytest.mark.parametrize(("count", "told"), [(0, "lists 0 tasks of db-1"), (2, "lists 2 tasks of db-1")])
def test_other_tasks_than_the_one_that_was_begun_are_a_finding(
    recorder: Recorder, monkeypatch: pytest.MonkeyPatch, count: int, told: str
) -> None:
    """A service that lists none, or several, never shows that it follows."""
    service = SimpleNamespace(
        describe=lambda _: PAIR,
        begin_synchronization=lambda *_: TASK,
        synchronization_tasks=lambda _: (TASK,) * count,
    )
    judge = Verdicts(recorder, recorder.run.objectives, no_instruments)
    subject = SimpleNamespace(stage=SimpleNamespace(service=service), recorder=recorder, judge=judge)
    monkeypatch.setattr(recovery, "LIMIT_S", 0.0)
    one = Recovery(cast("Subject", subject), load_objectives())
    one.adopt(PAIR)
    with pytest.raises(PromiseBroken, match=told):
        one.follow()
