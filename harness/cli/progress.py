"""What a drill says while it runs: a line for each scenario, and on a terminal what is being done now."""

import os
import sys
from collections.abc import Generator
from typing import TextIO

import pytest
from rich.console import Console
from rich.markup import escape
from rich.status import Status as Spinner

from hadrill.harness.drill.interruption import Interruption
from hadrill.harness.drill.plan import PlannedScenario
from hadrill.harness.drill.run import Run
from hadrill.harness.drill.status import Status
from hadrill.harness.visible import visible
from hadrill.reports.publish import Published
from hadrill.reports.schema import Result
from hadrill.reports.table import print_table
from hadrill.steps.binding.exit_code import WRONG_CALL
from hadrill.steps.binding.items import NO_TAGS

VERDICTS = {
    Status.PASSED: ("pass", "green"),
    Status.FAILED: ("fail", "bold red"),
    Status.BROKEN: ("no verdict", "yellow"),
    Status.NOT_ADDRESSED: ("not addressed", "dim"),
}
REFRESHES_PER_S = 4  # the spinner must not take time from the servers


def outside_capture() -> TextIO:
    """A stream to where standard output leads now; pytest's capture of it has no effect."""
    return open(os.dup(1), "w", encoding=sys.stdout.encoding, errors="backslashreplace", buffering=1)  # noqa: PTH123 - a descriptor; it lives as long as the drill


class Progress:
    """A pytest plugin that follows the drill.

    Attributes:
        run: None as long as there is none.
        result: None as long as there is none.
        tags: of all scenarios that were found, selected or not.
        errors: what the call is refused for.
        interruption: of the drill; None as long as there is none.
    """

    def __init__(self, console: Console) -> None:
        self.run: Run | None = None
        self.result: Result | None = None
        self.tags: set[str] = set()
        self.errors: list[str] = []
        self.interruption: Interruption | None = None
        self._console = console
        self._spinner: Spinner | None = None
        self._running: dict[str, str] = {}
        self._ended = 0

    @pytest.hookimpl(wrapper=True)
    def pytest_cmdline_main(self) -> Generator[None, object, object]:
        """Keep what pytest and its plugins refuse, which pytest would tell in words of its own."""
        try:
            return (yield)
        except pytest.UsageError as error:
            self.errors += map(str, error.args)
            return pytest.ExitCode.USAGE_ERROR

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Keep what pytest could not collect: there is no terminal reporter to say it."""
        if report.failed:
            lines = report.longreprtext.strip().splitlines() or ["no more is known"]
            self.errors.append(f"{report.nodeid}: {lines[-1]}")

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Note the tags, for the case that none of them was selected."""
        self.tags = {mark.name for item in items for mark in item.iter_markers()} - NO_TAGS

    def pytest_hadrill_run_began(self, run: Run, interruption: Interruption) -> None:
        """Say what is going to happen."""
        self.run, self.interruption = run, interruption
        count = len(run.plan.scenarios)
        scenarios = "1 scenario" if count == 1 else f"{count} scenarios"
        self._print(f"run {run.plan.run}: {scenarios}, environment {run.plan.environment}, seed {run.seed}")
        if self._console.is_interactive:
            self._spinner = self._console.status("", refresh_per_second=REFRESHES_PER_S)
            self._spinner.start()

    def pytest_hadrill_scenario_began(self, scenario: PlannedScenario) -> None:
        """Show what is drilled now."""
        self._running[scenario.id] = scenario.title
        self._show("getting ready")

    def pytest_hadrill_step_began(self, text: str) -> None:
        """Show what is done now."""
        self._show(text)

    def pytest_hadrill_scenario_ended(
        self, scenario: PlannedScenario, status: Status, reason: str, seconds: float
    ) -> None:
        """Say how it went."""
        self._ended += 1
        self._running.pop(scenario.id, None)
        planned = len(self.run.plan.scenarios) if self.run else 0
        verdict, style = VERDICTS[status]
        told = f"{' '.join(scenario.clauses):<6}  {escape(scenario.title)}"
        self._print(f"{self._ended:3}/{planned}  [{style}]{verdict:<13}[/] {seconds:6.1f} s  {told}")
        if reason:
            self._print(f"{'':13}{escape(reason)}")

    def pytest_keyboard_interrupt(self, excinfo: pytest.ExceptionInfo[BaseException]) -> None:
        """Say why it ends, and why that takes a moment more; why it is refused is told at the end."""
        if isinstance(excinfo.value, pytest.exit.Exception) and excinfo.value.returncode == WRONG_CALL:
            self.errors.append(str(excinfo.value))
        elif isinstance(excinfo.value, pytest.exit.Exception):
            self._print(escape(str(excinfo.value)))
        elif self.run is not None:
            self._print("stopping: faults are healed and everything is taken down")

    def pytest_hadrill_publishing(self) -> None:
        """Show what is done now."""
        self._running = {"": "the drill is over"}
        self._show("writing the reports")

    def pytest_hadrill_run_ended(self, run: Run, published: Published | None, trouble: str) -> None:
        """Print the closing table; a refused call has none."""
        self._stop()
        if trouble:
            self._print(f"{run.plan.run}: {escape(trouble)}")
        if published is not None:
            self.result = published.result
        if published is not None and not self.errors:
            self._console.print()
            print_table(published.result, published.paths, self._console)
            for warning in published.warnings:
                self._print(escape(warning))

    def pytest_unconfigure(self) -> None:
        """Leave the terminal as it was, however this ends."""
        self._stop()

    def _stop(self) -> None:
        if self._spinner is not None:
            self._spinner.stop()
            self._spinner = None

    def _show(self, what: str) -> None:
        """What is done in the one scenario that runs; of several, which they are."""
        titles = [escape(visible(title)) for title in self._running.values()]
        if self._spinner is not None:
            self._spinner.update(
                f"{titles[0]} [dim]- {escape(visible(what))}[/]" if len(titles) == 1 else " [dim]|[/] ".join(titles)
            )

    def _print(self, line: str) -> None:
        self._console.print(visible(line), highlight=False, soft_wrap=True)
