"""``hadrill drill``: one run, from the command line."""

import argparse

from hadrill.harness.cli.options import add_drill_options, settings_from


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the verb takes."""
    add_drill_options(parser)
    parser.add_argument(
        "--live", action="store_true", help="watch it on the terminal; one key heals everything and ends in order"
    )
    parser.add_argument("--sabotage", default="", help=argparse.SUPPRESS)


def run(given: argparse.Namespace) -> int:
    """Drill and print the table; returns the exit code."""
    from hadrill.harness.cli.drilling import drill  # noqa: PLC0415 - pytest and its plugins, for this verb alone

    return drill(settings_from(given, given.sabotage), given.features, given.tags, live=given.live).exit_code
