"""A run with one scenario, into whose record a history is put and judged, as a drill does."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from hadrill.harness.drill.plan import PlannedScenario
from hadrill.harness.drill.recorder import Recorder
from hadrill.harness.drill.tests.runs import begin_run
from hadrill.harness.drill.verdicts import Verdicts, no_instruments
from hadrill.harness.errors import HarnessTrouble
from hadrill.harness.evidence.segments import seal
from hadrill.harness.model.history import History

SCENARIO = PlannedScenario("killed", "The primary is killed", "ha/x.feature", 4, ("HA-4", "HA-2"), ())


def begin_judging(output: Path) -> Verdicts:
    """Of a run in a folder of its own below that one, whose scenario has begun."""
    run = begin_run(output, SCENARIO)
    run.begin_scenario(SCENARIO)
    return Verdicts(Recorder(run), run.objectives, no_instruments)


def record(recorder: Recorder, seen: History) -> None:
    """Put a history on record, as a drill does."""
    recorder.roster(seen.roster)
    recorder.segment(seal(recorder.run.folder, f"{recorder.prefix}-0.npy", seen.operations))
    for struck in seen.faults:
        recorder.injected(struck)
        recorder.healed(struck)
    for asked in seen.switches:
        recorder.switch(asked)
    assert seen.present is not None
    recorder.present(seen.present)


def judge(*asked: Callable[[], object]) -> None:
    """Judge, whatever comes of it."""
    for ask in asked:
        with suppress(AssertionError, HarnessTrouble):
            ask()
