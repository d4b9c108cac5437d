"""The live view as a pytest plugin: it follows the drill, draws, and hands on the key."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import StringIO
from typing import Final, TextIO

import pytest
from rich.console import Console
from rich.layout import Layout
from rich.live import Live

from hadrill.harness.cli.live_view.follower import Follower
from hadrill.harness.cli.live_view.frame import frame
from hadrill.harness.cli.live_view.keyboard import Keyboard
from hadrill.harness.cli.live_view.scene import Ended, Scene, Story
from hadrill.harness.cli.progress import VERDICTS
from hadrill.harness.drill.drill import Drill
from hadrill.harness.drill.interruption import Interruption
from hadrill.harness.drill.plan import PlannedScenario
from hadrill.harness.drill.run import Run
from hadrill.harness.drill.status import Status
from hadrill.harness.evidence.clock import now_ns
from hadrill.harness.wait import FOLLOWED

FRAMES_PER_S: Final = 4
BY_KEY: Final = "the key q"
STOPPING: Final = " stopping: faults are healed and everything is taken down"


@contextmanager
def live_view(out: TextIO) -> Iterator[tuple[Console, "LiveView"]]:
    """The view, and a console for what is to be read once the screen is free again; it is printed at the end.

    Args:
        out: the terminal.
    """
    view, held = LiveView(out), StringIO()
    width = os.get_terminal_size(out.fileno()).columns
    try:
        yield Console(file=held, width=width, force_terminal=True, force_interactive=False), view
    finally:
        view.close()
        with suppress(OSError):  # the terminal is gone
            out.write(held.getvalue())


class LiveView:
    """Draws from the beginning of a run to its end; ``close`` leaves the terminal as it was.

    Args:
        out: the terminal.
    """

    def __init__(self, out: TextIO) -> None:
        self._fd = out.fileno()
        self._console = Console(file=out)
        self._keyboard = Keyboard(self._heal_and_end)
        self._live: Live | None = None
        self._story = Story()
        self._follower: Follower | None = None
        self._interruption: Interruption | None = None

    def pytest_hadrill_run_began(self, run: Run, interruption: Interruption) -> None:
        """Take the screen and the keyboard."""
        self._interruption = interruption
        self._story.run, self._story.planned = run.plan.run, len(run.plan.scenarios)
        FOLLOWED.set(self._story.waits)
        self._live = Live(
            get_renderable=self._frame,
            console=self._console,
            screen=True,
            refresh_per_second=FRAMES_PER_S,
            redirect_stdout=False,
            redirect_stderr=False,
        )
        self._live.start()
        self._keyboard.open()

    def pytest_hadrill_scenario_began(self, scenario: PlannedScenario) -> None:
        """A new course begins."""
        self._story.title, self._story.clauses, self._story.steps = scenario.title, scenario.clauses, []

    def pytest_hadrill_stage_opened(self, drill: Drill) -> None:
        """Follow it."""
        self._follower = Follower(drill)

    def pytest_hadrill_step_began(self, text: str) -> None:
        """A sentence is under way."""
        self._story.steps.append(text)

    def pytest_hadrill_stage_closing(self) -> None:
        """Follow it no more."""
        self._leave_stage()

    def pytest_hadrill_scenario_ended(self, scenario: PlannedScenario, status: Status) -> None:
        """Keep how it went."""
        self._story.ended.append(Ended(scenario.title, *VERDICTS[status]))

    def pytest_keyboard_interrupt(self) -> None:
        """Whoever ended it, say what is done now."""
        self._story.notice = STOPPING

    def pytest_hadrill_publishing(self) -> None:
        """Say what is done now."""
        self._story.notice = " the drill is over: writing the reports"

    @pytest.hookimpl(tryfirst=True)
    def pytest_hadrill_run_ended(self) -> None:
        """Give the screen back before the closing table is printed."""
        self.close()

    def close(self) -> None:
        """Leave screen and keyboard as they were; a second call does nothing."""
        self._leave_stage()
        FOLLOWED.set(None)
        self._keyboard.close()
        if self._live is not None:
            with suppress(OSError):  # the terminal is gone
                self._live.stop()
            self._live = None

    def _heal_and_end(self) -> None:
        self._story.notice = STOPPING
        if self._interruption is not None:
            self._interruption.ask(BY_KEY)

    def _leave_stage(self) -> None:
        if self._follower is not None:
            self._follower.close()
            self._follower = None

    def _frame(self) -> Layout:
        with suppress(OSError):  # asked of the terminal itself: pytest has put files in place of the standard streams
            self._console.size = os.get_terminal_size(self._fd)
        follower = self._follower
        pulse, rates = (follower.latest, follower.rates) if follower else (None, ())
        scene = Scene(self._story, pulse, rates, now_ns())
        return frame(scene, self._console.width, self._console.height)
