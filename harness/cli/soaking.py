"""A soak from its settings to how it stands in the end."""

from collections.abc import Callable

from hadrill.harness.cli.repeating import INTERRUPTED, to_its_end
from hadrill.harness.drill.interruption import Interruption
from hadrill.harness.soak.entries import SOAK
from hadrill.harness.soak.logbook import open_logbook
from hadrill.harness.soak.soak import Soak, SoakSettings
from hadrill.harness.soak.wording import lines_of_standing, rate


def soak(settings: SoakSettings, say: Callable[[str], None]) -> int:
    """Soak until it is enough, then say how it stands; returns the exit code.

    Raises:
        WrongCall: what was asked for cannot be drilled, or not in that folder.
        HarnessTrouble: a drill did not go to its end though nobody had asked for that.
    """
    interruption = Interruption()
    interruption.take_over()
    with open_logbook(settings.folder, SOAK) as logbook:
        one = Soak(settings, logbook, interruption, say)

        def go() -> None:
            one.resume()
            if one.standing.drills:
                say(f"soak in {settings.folder} goes on: {rate(one.standing)}")
            one.run()

        ended = to_its_end(go, interruption, say)
        for line in lines_of_standing(one.standing):
            say(line)
        return one.standing.exit_code if ended else INTERRUPTED
