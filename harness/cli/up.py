"""``hadrill up``: bring up a topology to play with."""

import argparse

from hadrill.harness.cli.options import add_part_options
from hadrill.harness.errors import WrongCall


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the verb takes."""
    parser.add_argument("topology", metavar="TOPOLOGY", help="which one")
    add_part_options(parser)


def run(_: argparse.Namespace) -> int:
    """Do it; returns the exit code.

    Raises:
        WrongCall: always, as long as nothing can be brought up outside a drill.
    """
    raise WrongCall("nothing can be brought up outside a drill yet")
