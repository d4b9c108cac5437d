"""One run of a drill: its folder, plan and journal, and what has begun and ended in it."""

import hashlib
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Self

from hadrill.harness.drill.folder import point_latest
from hadrill.harness.drill.objectives import Objectives
from hadrill.harness.drill.plan import Plan, PlannedScenario, write_plan
from hadrill.harness.drill.quiet import Quiet
from hadrill.harness.drill.settings import RunSettings
from hadrill.harness.drill.status import Status
from hadrill.harness.errors import WrongCall
from hadrill.harness.evidence.events import EventKind
from hadrill.harness.evidence.journal import Journal
from hadrill.harness.workload.profile import load_profile


class Run:
    """A run from its plan to its closing line.

    The closing line is written only when every planned scenario has ended; a run without one reads as not finished.

    Attributes:
        folder: where all that it writes goes.
        plan: what it set out to show.
        settings: what was asked for.
        journal: open until ``close``.
        current: the scenario that runs now.
        profile: mix and rate of the load.
        quiet: what a scenario that judges a time waits for.
    """

    def __init__(self, folder: Path, plan: Plan, settings: RunSettings, journal: Journal) -> None:
        self.folder = folder
        self.plan = plan
        self.settings = settings
        self.journal = journal
        self.current: PlannedScenario | None = None
        self.profile = load_profile(settings.load)
        self.quiet = Quiet()
        self._ended: dict[str, Status] = {}
        self._stopped_by = ""
        self._failing = False
        self._loads = count()

    @classmethod
    def begin(cls, folder: Path, plan: Plan, settings: RunSettings) -> Self:
        """Write the plan and open the journal.

        Raises:
            WrongCall: the folder cannot be written to.
        """
        try:
            text = write_plan(folder, plan)
            journal = Journal(folder)
        except OSError as error:
            raise WrongCall(f"the run's folder {folder} cannot be written to: {error.strerror}") from error
        with suppress(OSError):  # a file system without links has no name for the latest one
            point_latest(folder)
        digest = hashlib.sha256(text.encode()).hexdigest()
        journal.append(EventKind.OPENED, run=plan.run, hadrill=plan.hadrill, plan_sha256=digest)
        return cls(folder, plan, settings, journal)

    @property
    def objectives(self) -> Objectives:
        """The limits, by name."""
        return self.plan.objectives

    @property
    def seed(self) -> int:
        """From which all that is random in the drill follows."""
        return self.plan.seed

    def next_load(self) -> int:
        """The number of a load that is about to start, from 0; no two loads of a run have one."""
        return next(self._loads)

    @property
    def finished(self) -> bool:
        """Every planned scenario has ended, and nobody stopped the run."""
        return not self._stopped_by and all(scenario.id in self._ended for scenario in self.plan.scenarios)

    @property
    def passing(self) -> bool:
        """Every step of the current scenario has passed so far."""
        return self.current is not None and not self._failing

    def begin_scenario(self, scenario: PlannedScenario) -> None:
        """A scenario begins; it is the current one until it ends."""
        self.current, self._failing = scenario, False
        self.journal.append(
            EventKind.SCENARIO,
            scenario.id,
            title=scenario.title,
            clauses=scenario.clauses,
            tags=scenario.tags,
            feature=scenario.feature,
            line=scenario.line,
        )

    def step(self, keyword: str, text: str, status: Status, seconds: float, asserted: str = "") -> None:
        """A step of the current scenario has ended.

        Args:
            asserted: what it found by itself, where no check has put that on record.
        """
        self._failing = self._failing or status is not Status.PASSED
        self.journal.append(
            EventKind.STEP,
            self.current.id if self.current else "",
            keyword=keyword,
            text=text,
            status=status.value,
            seconds=round(seconds, 6),
            **({"asserted": asserted} if asserted else {}),
        )

    def end_scenario(self, status: Status, reason: str = "") -> None:
        """The current scenario is over, its tear-down included.

        Args:
            status: of its steps.
            reason: why they did not pass, in a sentence.
        """
        if self.current is None:
            raise ValueError("no scenario has begun that could end")
        self.journal.append(EventKind.ENDED, self.current.id, status=status.value, reason=reason)
        self._ended[self.current.id] = status
        self.current = None

    def note_end(self, scenario: PlannedScenario, status: Status) -> None:
        """A scenario has ended in another process of this run, which has put it on record."""
        self._ended[scenario.id] = status

    def trouble(self, sentence: str) -> None:
        """An instrument failed, which leaves the current scenario, or the run, without a verdict."""
        self.journal.append(EventKind.TROUBLE, self.current.id if self.current else "", sentence=sentence)

    def stop(self, by: str) -> None:
        """Somebody ends the run before its plan is done; the journal says so and gets no closing line.

        Args:
            by: who or what, for example ``SIGTERM``.
        """
        self._stopped_by = by
        self.trouble(f"the run was stopped by {by}")

    def close(self) -> None:
        """End the journal, with its closing line where the run is finished."""
        if self.finished:
            verdicts = {name: status.value for name, status in self._ended.items()}
            self.journal.append(EventKind.CLOSED, scenarios=len(verdicts), verdicts=verdicts)
        self.journal.close()
