"""``hadrill fault``: break and mend, one fault at a time, what is up."""

import argparse
import os
import sys
from dataclasses import asdict

from pydantic_core import to_json
from rich.console import Console

from hadrill.harness.cli.fault_table import fault_table, option_table
from hadrill.harness.cli.saying import say
from hadrill.harness.errors import HarnessTrouble, WrongCall
from hadrill.harness.faults.catalogue import CATALOGUE
from hadrill.harness.live.fault_messages import Answer, Request
from hadrill.harness.live.fault_socket import ask
from hadrill.harness.live.fault_wording import all_proved, line_of_heal, lines_of_injection
from hadrill.harness.live.record import LiveStage
from hadrill.harness.live.records import Records, records_folder
from hadrill.harness.live.selection import the_one

ANSWER_LIMIT_S = 180.0
WIDTH = 120
"""Columns of the table where it goes to no terminal."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the verb takes."""
    verbs = parser.add_subparsers(dest="what", metavar="WHAT", required=True)
    listed = verbs.add_parser("list", help="what can be broken, what that is made of, what proves it, how it heals")
    listed.add_argument("--json", action="store_true", help="for programs")
    inject = verbs.add_parser("inject", help="break one thing")
    inject.add_argument("name", metavar="NAME", help="which fault")
    inject.add_argument(
        "target",
        metavar="TARGET",
        help="a node, rack, zone, region, link (b1..a1), line (north..south), address (address:0), manager",
    )
    inject.add_argument(
        "--option",
        action="append",
        default=[],
        metavar="KEY=VALUE",
        help="something that can be chosen of the fault, as 'hadrill fault list' says; may be given more than once",
    )
    heal = verbs.add_parser("heal", help="mend what was broken")
    heal.add_argument("name", metavar="NAME", nargs="?", default="", help="which fault (all)")
    heal.add_argument("target", metavar="TARGET", nargs="?", default="", help="where (everywhere)")
    for each in (inject, heal):
        each.add_argument("--topology", metavar="TOPOLOGY", help="which one, where several are up")


def run(given: argparse.Namespace) -> int:
    """Do it; returns 2 where something was not proved."""
    if given.what == "list":
        return _list(as_json=given.json)
    options = options_from(given.option) if given.what == "inject" else {}
    request = Request(given.what, given.name, given.target, options)
    answer = ask(_stage(given.topology).work, request, timeout_s=ANSWER_LIMIT_S)
    if answer.error:
        raise _error(answer)
    say(*_told(request, answer))
    return 0 if all_proved(answer.records) else HarnessTrouble.exit_code


def options_from(words: list[str]) -> dict[str, str]:
    """Options as they are given.

    Raises:
        WrongCall: one is no ``KEY=VALUE``, or is given twice.
    """
    options: dict[str, str] = {}
    for word in words:
        key, equals, value = word.partition("=")
        if not (key and equals and value):
            raise WrongCall(f"--option {word!r} cannot be read; an option is KEY=VALUE, for example for_s=0.3")
        if key in options:
            raise WrongCall(f"--option {key} is given twice")
        options[key] = value
    return options


def _list(*, as_json: bool) -> int:
    if as_json:
        entries = [
            {
                "name": each.name,
                "takes": each.takes,
                "made_of": each.made_of,
                "proof": each.proof,
                "heal": each.heal,
                "options": [asdict(option) for option in each.options],
            }
            for each in CATALOGUE
        ]
        say(to_json(entries, indent=2).decode())
    else:
        console = Console(width=None if sys.stdout.isatty() else WIDTH)
        console.print(fault_table(CATALOGUE))
        console.print(option_table(CATALOGUE))
    return 0


def _stage(topology: str | None) -> LiveStage:
    record = the_one(Records(records_folder(os.environ)), topology)
    if record.stage is None:
        raise WrongCall(f"{record.topology} is {record.state}; there is nothing to break yet")
    return record.stage


def _told(request: Request, answer: Answer) -> list[str]:
    if request.verb == "inject":
        return [line for record in answer.records for line in lines_of_injection(record)]
    return [line_of_heal(record) for record in answer.records] or ["nothing is broken"]


def _error(answer: Answer) -> Exception:
    return WrongCall(answer.error) if answer.exit_code == WrongCall.exit_code else HarnessTrouble(answer.error)
