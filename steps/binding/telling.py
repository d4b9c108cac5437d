"""What is told while a drill runs, by the process that runs a scenario to the plugins that follow the drill."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from hadrill.harness.drill.plan import PlannedScenario
from hadrill.harness.drill.status import Status


@dataclass(frozen=True, slots=True)
class ScenarioBegan:
    """See ``pytest_hadrill_scenario_began``."""

    scenario: PlannedScenario


@dataclass(frozen=True, slots=True)
class StepBegan:
    """See ``pytest_hadrill_step_began``."""

    scenario: PlannedScenario
    text: str


@dataclass(frozen=True, slots=True)
class ScenarioEnded:
    """See ``pytest_hadrill_scenario_ended``."""

    scenario: PlannedScenario
    status: Status
    reason: str
    seconds: float


Told = ScenarioBegan | StepBegan | ScenarioEnded
Tell = Callable[[Told], None]


def tell_plugins(config: pytest.Config, told: Told) -> None:
    """Call the hook that stands for it."""
    hook = config.hook
    match told:
        case ScenarioBegan(scenario):
            hook.pytest_hadrill_scenario_began(scenario=scenario)
        case StepBegan(scenario, text):
            hook.pytest_hadrill_step_began(scenario=scenario, text=text)
        case ScenarioEnded(scenario, status, reason, seconds):
            hook.pytest_hadrill_scenario_ended(scenario=scenario, status=status, reason=reason, seconds=seconds)
