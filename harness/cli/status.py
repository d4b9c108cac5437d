"""``hadrill status``: what is up."""

import argparse
import os

from hadrill.harness.cli.saying import say
from hadrill.harness.errors import HarnessTrouble
from hadrill.harness.live.look import look_at
from hadrill.harness.live.records import Records, records_folder
from hadrill.harness.live.selection import nothing_is_up, selected
from hadrill.harness.live.take_down import clear
from hadrill.harness.live.wording import lines_of_status


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the verb takes."""
    parser.add_argument("topology", metavar="TOPOLOGY", nargs="?", help="which one (all that are up)")


def run(given: argparse.Namespace) -> int:
    """Print it; returns 2 where something is up of which too little could be learned."""
    records = Records(records_folder(os.environ))
    found = selected(records, given.topology)
    if not found:
        say(nothing_is_up(given.topology))
    troubled = False
    for record in found:
        look = look_at(record)
        if not look.alive:
            clear(records, record)
        troubled = troubled or bool(look.trouble)
        say(*lines_of_status(look, records.path(record.topology)))
    return HarnessTrouble.exit_code if troubled else 0
