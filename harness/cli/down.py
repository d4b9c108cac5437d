"""``hadrill down``: take down what is up."""

import argparse
import os

from hadrill.harness.cli.saying import say
from hadrill.harness.live.records import Records, records_folder
from hadrill.harness.live.selection import nothing_is_up, selected
from hadrill.harness.live.take_down import take_down
from hadrill.harness.live.wording import line_of_take_down


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the verb takes."""
    parser.add_argument("topology", metavar="TOPOLOGY", nargs="?", help="which one (all that are up)")


def run(given: argparse.Namespace) -> int:
    """Take it down and say what is left, which is nothing; returns the exit code."""
    records = Records(records_folder(os.environ))
    found = selected(records, given.topology)
    if not found:
        say(nothing_is_up(given.topology))
    for record in found:
        say(line_of_take_down(record, take_down(records, record)))
    return 0
