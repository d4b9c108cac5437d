"""A soak from its settings to how it stands in the end."""

from collections.abc import Callable
from contextlib import ExitStack

from hadrill.harness.cli.repeating import INTERRUPTED, to_its_end
from hadrill.harness.drill.interruption import Interruption
from hadrill.harness.soak.busy import busy_cores
from hadrill.harness.soak.entries import SOAK
from hadrill.harness.soak.logbook import open_logbook
from hadrill.harness.soak.soak import Soak, SoakSettings
from hadrill.harness.soak.standing import exit_code_of
from hadrill.harness.soak.wording import lines_of_standing, rate


def soak(settings: SoakSettings, say: Callable[[str], None]) -> int:
    """Soak until it is enough, then say how it stands; returns the exit code.

    Raises:
        WrongCall: what was asked for cannot be drilled, or not in that folder.
        HarnessTrouble: a drill did not go to its end though nobody had asked for that.
    """
    interruption = Interruption()
    with ExitStack() as stack:
        stack.enter_context(interruption.taken_over())
        logbook = stack.enter_context(open_logbook(settings.folder, SOAK))
        cores = stack.enter_context(busy_cores()) if settings.busy else None
        one = Soak(settings, logbook, interruption, say, cores)

        def go() -> None:
            one.resume()
            if one.standing.drills or one.standing.died:
                say(f"soak in {settings.folder} goes on: {rate(one.standing)}")
            one.run()

        ended = to_its_end(go, interruption, say)
        for standing in (one.standing, *((one.other,) if one.other.drills or one.other.died else ())):
            for line in lines_of_standing(standing):
                say(line)
        return exit_code_of(one.standing, one.other) if ended else INTERRUPTED
