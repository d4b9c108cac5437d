"""The benchmark's command: ``python -m hadrill.harness.bench``, which is what ``make bench`` calls."""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Final

from rich.console import Console

from hadrill.environments.embedded.site import Parts
from hadrill.environments.parts.ledger import read_costs
from hadrill.environments.parts.locate import locate_needed
from hadrill.environments.parts.progress import Lines
from hadrill.environments.parts.settings import PartSettings
from hadrill.harness.bench.figure import Figure, not_measured
from hadrill.harness.bench.options import Options, parse
from hadrill.harness.bench.paper import print_figures, write_figures
from hadrill.harness.bench.ready import pair_against_bare
from hadrill.harness.bench.setup_costs import setup_figures
from hadrill.harness.bench.takeover import KILL, SWITCH, takeovers
from hadrill.harness.bench.whole_drill import drills
from hadrill.harness.drill.interruption import Interruption
from hadrill.harness.errors import HadrillError, HarnessTrouble, WrongCall

INTERRUPTED: Final = 3

Part = tuple[str, Callable[[], tuple[Figure, ...]]]
"""Its name, and what measures it."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and tell.

    Returns:
        0 whether or not aims are met; 2 where something could not be measured; 3 where it was interrupted; 4 for a
        wrong call.
    """
    interruption = Interruption()
    interruption.take_over()
    try:
        return _run(parse(sys.argv[1:] if arguments is None else arguments))
    except HadrillError as error:
        sys.stderr.write(f"bench: {error}\n")
        return error.exit_code
    except KeyboardInterrupt:
        sys.stderr.write(f"bench: interrupted by {interruption.by or 'the keyboard'}\n")
        return INTERRUPTED
    finally:
        interruption.give_back()


def _run(options: Options) -> int:
    """What was measured stays on paper whatever happens to the rest."""
    settings = PartSettings.from_environ(os.environ)
    setup = setup_figures(read_costs(settings.cache))
    figures: list[Figure] = []
    file = write_figures(options.output, setup)
    lines = Lines(sys.stderr)
    mysql, haproxy, toxiproxy = locate_needed(settings, lines)
    for name, measure in _parts(options, Parts(mysql, haproxy.argv, toxiproxy.argv), lines.say):
        try:
            figures += measure()
        except WrongCall:
            raise
        except HadrillError as error:
            figures.append(not_measured(name, "s", str(error)))
        write_figures(options.output, (*figures, *setup))
    print_figures((*figures, *setup), Console())
    sys.stdout.write(f"{file}\n")
    return HarnessTrouble.exit_code if any(figure.value is None for figure in figures) else 0


def _parts(options: Options, parts: Parts, say: Callable[[str], None]) -> Iterator[Part]:
    if options.runs:
        yield "pair ready against one bare server", lambda: pair_against_bare(parts, options.runs, say)
    for kind, count in ((SWITCH, options.switches), (KILL, options.kills)):
        if count:
            yield kind.name, partial(takeovers, parts, kind, count, say)
    if options.drill:
        yield "drill", lambda: drills(say)


if __name__ == "__main__":
    sys.exit(main())
