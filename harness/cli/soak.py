"""``hadrill soak``: repeat the drill with new seeds, and say how often it finds fault with what is sound."""

import argparse

from hadrill.harness.cli.options import add_drill_options
from hadrill.harness.cli.repeating import how_many, passed_on
from hadrill.harness.cli.saying import say
from hadrill.harness.drill.settings import DEFAULT_OUTPUT
from hadrill.harness.errors import WrongCall

SOAK_OUTPUT = DEFAULT_OUTPUT / "soak"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the verb takes."""
    parser.add_argument("--for", dest="span", metavar="SPAN", help="until so much was drilled in all: 90s, 30m, 1h")
    parser.add_argument("--runs", metavar="N", help="until there were so many drills in all")
    parser.add_argument("--busy", action="store_true", help="keep every core busy meanwhile; such drills count apart")
    parser.add_argument("--keep", action="store_true", help="keep the folders of drills that passed, too")
    add_drill_options(parser, output=SOAK_OUTPUT, one_seed=False)


def run(given: argparse.Namespace) -> int:
    """Soak, or go on with a soak that was interrupted; returns the exit code."""
    from hadrill.harness.cli.soaking import soak  # noqa: PLC0415 - the reports' models, for this verb alone
    from hadrill.harness.soak.soak import SoakSettings  # noqa: PLC0415 - see above
    from hadrill.harness.soak.span import seconds_in  # noqa: PLC0415 - see above

    if given.span is None and given.runs is None:
        raise WrongCall("say when it is enough: --for 1h, or --runs 30")
    settings = SoakSettings(
        folder=given.output,
        asked=passed_on(given),
        for_s=None if given.span is None else seconds_in(given.span),
        runs=None if given.runs is None else how_many(given.runs),
        keep=given.keep,
        busy=given.busy,
    )
    return soak(settings, say)
