"""Hooks that pytest plugins may implement to follow a drill while it runs."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:  # this module is imported by every pytest that has hadrill installed
    from hadrill.harness.drill.drill import Drill
    from hadrill.harness.drill.interruption import Interruption
    from hadrill.harness.drill.plan import PlannedScenario
    from hadrill.harness.drill.run import Run
    from hadrill.harness.drill.status import Status
    from hadrill.reports.publish import Published


def pytest_hadrill_run_began(run: "Run", interruption: "Interruption") -> None:
    """The plan is written and the journal is open; nothing has been broken yet.

    Args:
        interruption: ends the run in order when it is asked to.
    """


def pytest_hadrill_scenario_began(scenario: "PlannedScenario") -> None:
    """A scenario begins, before its fixtures are set up."""


def pytest_hadrill_stage_opened(drill: "Drill") -> None:
    """The current scenario's topology and service stand; its first step comes next."""


def pytest_hadrill_step_began(scenario: "PlannedScenario", text: str) -> None:
    """A step of a scenario begins.

    Args:
        scenario: one of those that run now.
        text: the sentence, with its keyword.
    """


def pytest_hadrill_clients_rested() -> None:
    """No client of the current scenario works any more; what they saw is going to be compared and judged."""


def pytest_hadrill_stage_closing(drill: "Drill") -> None:
    """The current scenario's faults are healed, as far as they could be; its topology goes next."""


def pytest_hadrill_scenario_ended(scenario: "PlannedScenario", status: "Status", reason: str, seconds: float) -> None:
    """A scenario is over, its tear-down included."""


def pytest_hadrill_publishing(run: "Run") -> None:
    """Everything is taken down and the journal is closed; the reports are going to be written."""


def pytest_hadrill_run_ended(run: "Run", published: "Published | None", trouble: str) -> None:
    """The reports are written.

    Args:
        published: the result and where the reports are; None where they could not be written.
        trouble: why they could not, or why the journal has no end; else empty.
    """
