"""``hadrill kills``: kill parts of drills at random moments, and say whether any left something or reads wrong."""

import argparse
from typing import Final

from hadrill.harness.cli.options import add_drill_options
from hadrill.harness.cli.repeating import how_many, passed_on
from hadrill.harness.cli.saying import say
from hadrill.harness.drill.settings import DEFAULT_OUTPUT, seed_from
from hadrill.harness.errors import WrongCall

KILLS_OUTPUT: Final = DEFAULT_OUTPUT / "kills"
TAGS: Final = "@smoke"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the verb takes."""
    parser.add_argument("--runs", metavar="N", help="until there were so many kills in all")
    parser.add_argument("--for", dest="span", metavar="SPAN", help="until so much was drilled in all: 90s, 30m, 1h")
    parser.add_argument("--seed", metavar="N", help="from which it follows what is killed, and when")
    add_drill_options(parser, output=KILLS_OUTPUT, one_seed=False)
    parser.set_defaults(tags=TAGS)


def run(given: argparse.Namespace) -> int:
    """Kill, or go on with what was interrupted; returns the exit code."""
    from hadrill.harness.cli.killing import kill  # noqa: PLC0415 - the reports' models, for this verb alone
    from hadrill.harness.kills.kills import KillSettings  # noqa: PLC0415 - see above
    from hadrill.harness.soak.span import seconds_in  # noqa: PLC0415 - see above

    if given.span is None and given.runs is None:
        raise WrongCall("say when it is enough: --runs 200, or --for 1h")
    settings = KillSettings(
        folder=given.output,
        asked=passed_on(given),
        seed=None if given.seed is None else seed_from(given.seed),
        for_s=None if given.span is None else seconds_in(given.span),
        runs=None if given.runs is None else how_many(given.runs),
    )
    return kill(settings, say)
