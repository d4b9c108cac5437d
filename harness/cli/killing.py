"""Kills from their settings to the figure."""

from collections.abc import Callable

from hadrill.harness.drill.interruption import Interrupted, Interruption
from hadrill.harness.kills.entries import KILLS
from hadrill.harness.kills.kills import Kills, KillSettings
from hadrill.harness.kills.wording import lines_of_standing, rate
from hadrill.harness.soak.logbook import open_logbook

INTERRUPTED = 3


def kill(settings: KillSettings, say: Callable[[str], None]) -> int:
    """Kill until it is enough, then print the figure; returns the exit code.

    Raises:
        WrongCall: what was asked for cannot be drilled, or not in that folder.
        HarnessTrouble: a drill does not pass unharmed, or has nothing that could be killed.
    """
    interruption = Interruption()
    interruption.take_over()
    with open_logbook(settings.folder, KILLS) as logbook:
        kills = Kills(settings, logbook, interruption, say)
        try:
            kills.resume()
            goes_on = f" goes on: {rate(kills.standing)}" if kills.standing.number else ""
            say(f"kills in {settings.folder}, seed {kills.seed}{goes_on}")
            kills.run()
        except Interrupted:
            say(f"stopped by {interruption.by}; the same call goes on from here")
            _tell(kills, say)
            return INTERRUPTED
        finally:
            interruption.give_back()
        _tell(kills, say)
        return kills.standing.exit_code


def _tell(kills: Kills, say: Callable[[str], None]) -> None:
    for line in lines_of_standing(kills.standing):
        say(line)
