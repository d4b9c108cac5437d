"""The benchmark's command: ``python -m hadrill.harness.bench``, which is what ``make bench`` calls."""

import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from rich.console import Console

from hadrill.environments.embedded.site import Parts
from hadrill.environments.parts.ledger import read_costs
from hadrill.environments.parts.locate import locate_needed
from hadrill.environments.parts.progress import Lines
from hadrill.environments.parts.settings import PartSettings
from hadrill.harness.bench.figure import not_measured
from hadrill.harness.bench.options import PARTS, Options, parse
from hadrill.harness.bench.paper import print_sheets, read_sheets, write_sheets
from hadrill.harness.bench.parts import Measure, measures
from hadrill.harness.bench.setup_costs import setup_figures
from hadrill.harness.bench.sheet import Sheet
from hadrill.harness.drill.interruption import Interruption
from hadrill.harness.errors import HadrillError, HarnessTrouble, WrongCall

INTERRUPTED: Final = 3
SETUP: Final = "set-up"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and tell.

    Returns:
        0 whether or not aims are met; 2 where something could not be measured; 3 where it was interrupted; 4 for a
        wrong call.
    """
    interruption = Interruption()
    try:
        with interruption.taken_over():
            return _run(parse(sys.argv[1:] if arguments is None else arguments))
    except HadrillError as error:
        sys.stderr.write(f"bench: {error}\n")
        return error.exit_code
    except KeyboardInterrupt:
        by = interruption.by or "the keyboard"
        sys.stderr.write(f"bench: interrupted by {by}; --resume goes on from what was measured\n")
        return INTERRUPTED


def _run(options: Options) -> int:
    """What was measured stays on paper whatever happens to the rest."""
    settings = PartSettings.from_environ(os.environ)
    sheets = read_sheets(options.output) if options.keep else {}
    sheets[SETUP] = replace(Sheet.begin(SETUP), figures=setup_figures(read_costs(settings.cache)))
    write_sheets(options.output, _in_order(sheets))
    lines = Lines(sys.stderr)
    mysql, haproxy, toxiproxy = locate_needed(settings, lines)
    by_part = measures(Parts(mysql, haproxy.argv, toxiproxy.argv), lines.say)
    for part, count in options.counts.items():
        if not (options.resume and part in sheets and sheets[part].complete(count)):
            _measure(part, by_part[part], count, sheets, options)
    told = _in_order(sheets)
    print_sheets(told, Console())
    sys.stdout.write(f"{write_sheets(options.output, told)}\n")
    unknown = any(figure.value is None for sheet in told for figure in sheet.figures)
    return HarnessTrouble.exit_code if unknown else 0


def _measure(part: str, measure: Measure, count: int, sheets: dict[str, Sheet], options: Options) -> None:
    """Measure one part, and write down what there is whenever there is more of it."""
    earlier = sheets[part].figures if options.resume and part in sheets else ()
    sheet = replace(Sheet.begin(part), figures=earlier)
    try:
        for figures in measure(count, earlier):
            sheet = sheets[part] = replace(sheet, figures=figures)
            write_sheets(options.output, _in_order(sheets))
    except WrongCall:
        raise
    except HadrillError as error:
        sheets[part] = replace(sheet, figures=(*sheet.figures, not_measured(part, "s", str(error))))


def _in_order(sheets: dict[str, Sheet]) -> tuple[Sheet, ...]:
    return tuple(sheets[part] for part in (*PARTS, SETUP) if part in sheets)


if __name__ == "__main__":
    sys.exit(main())
