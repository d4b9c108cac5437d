"""Kills from their settings to the figure."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from hadrill.harness.cli.repeating import INTERRUPTED, to_its_end
from hadrill.harness.drill.interruption import SIGNALS, Interruption
from hadrill.harness.kills.entries import KILLS
from hadrill.harness.kills.kills import Kills, KillSettings
from hadrill.harness.kills.wording import lines_of_standing, rate
from hadrill.harness.soak.logbook import open_logbook


def kill(settings: KillSettings, say: Callable[[str], None]) -> int:
    """Kill until it is enough, then print the figure; returns the exit code.

    Raises:
        WrongCall: what was asked for cannot be drilled, or not in that folder.
        HarnessTrouble: a drill does not pass unharmed, or has nothing that could be killed.
    """
    interruption = Interruption()
    with interruption.taken_over(), open_logbook(settings.folder, KILLS) as logbook, _heeded_by_drills():
        kills = Kills(settings, logbook, interruption, say)

        def go() -> None:
            kills.resume()
            goes_on = f" goes on: {rate(kills.standing)}" if kills.standing.number else ""
            say(f"kills in {settings.folder}, seed {kills.seed}{goes_on}")
            kills.run()

        ended = to_its_end(go, interruption, say)
        for line in lines_of_standing(kills.standing):
            say(line)
        return kills.standing.exit_code if ended else INTERRUPTED


@contextmanager
def _heeded_by_drills() -> Iterator[None]:
    """What this process ignores (nohup, a shell's background) its drills would ignore as well, and so the kills.

    A handler, unlike SIG_IGN, is not inherited.
    """
    ignored = [number for number in SIGNALS if signal.getsignal(number) is signal.SIG_IGN]
    for number in ignored:
        signal.signal(number, _unmoved)
    try:
        yield
    finally:
        for number in ignored:
            signal.signal(number, signal.SIG_IGN)


def _unmoved(_number: int, _frame: FrameType | None) -> None:
    """As if it were ignored."""
