"""The record of a scenario that has begun, for tests that put something on it."""

from pathlib import Path

import pytest

from hadrill.harness.drill.plan import PlannedScenario
from hadrill.harness.drill.recorder import Recorder
from hadrill.harness.drill.tests.runs import begin_run

SCENARIO = PlannedScenario("chosen", "Two of three", "dr/x.feature", 4, ("DR-11",), ("DR-11",))


@pytest.fixture
def recorder(tmp_path: Path) -> Recorder:
    """Of the one scenario of a run."""
    run = begin_run(tmp_path / "runs", SCENARIO)
    run.begin_scenario(SCENARIO)
    return Recorder(run)
