"""``hadrill up``: bring up a topology to play with."""

import argparse
import os
import sys

from hadrill.environments.embedded.site import Parts
from hadrill.environments.parts.locate import locate_needed
from hadrill.environments.parts.progress import Lines, Progress
from hadrill.environments.parts.settings import PartSettings
from hadrill.environments.topology_file import load_topology
from hadrill.harness.cli.options import add_part_options
from hadrill.harness.cli.saying import say
from hadrill.harness.live.bring_up import bring_up
from hadrill.harness.live.client import client_of
from hadrill.harness.live.messages import Orders
from hadrill.harness.live.records import Records, records_folder, require_free
from hadrill.harness.live.wording import lines_of_what_came_up


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the verb takes."""
    parser.add_argument("topology", metavar="TOPOLOGY", help="its name, or the path of a file that describes one")
    add_part_options(parser)


def run(given: argparse.Namespace) -> int:
    """Bring it up, saying what is done, and print what is there; returns the exit code."""
    progress = Lines(sys.stderr)
    records = Records(records_folder(os.environ))
    topology = load_topology(given.topology).topology.name
    require_free(records.find(topology))
    parts = _locate(given, progress)
    client = client_of(parts.mysql, os.environ.get("PATH", os.defpath))
    record = bring_up(Orders(given.topology, parts, str(records.folder), client), progress.say)
    say(*lines_of_what_came_up(record, records.path(topology)))
    return 0


def _locate(given: argparse.Namespace, progress: Progress) -> Parts:
    settings = PartSettings.from_environ(
        os.environ, mysqld=given.mysqld, haproxy=given.haproxy, toxiproxy=given.toxiproxy
    )
    mysql, haproxy, toxiproxy = locate_needed(settings, progress)
    for part in (mysql, haproxy, toxiproxy):
        for warning in part.warnings:
            progress.say(f"warning: {warning}")
    return Parts(mysql, haproxy.argv, toxiproxy.argv)
