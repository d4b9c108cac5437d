"""The command ``hadrill``: one verb a file, each imported when it is called for."""

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Protocol, cast

import hadrill
from hadrill.harness.cli.parser import Parser
from hadrill.harness.cli.refused_by_system import refused_by_system
from hadrill.harness.cli.streams import open_streams
from hadrill.harness.errors import HadrillError
from hadrill.harness.visible import visible

VERBS = {
    "drill": "break things, and say which promises hold",
    "sabotage": "drill a service that is broken on purpose, and say whether that is caught",
    "soak": "repeat the drill with new seeds, and say how often it finds fault with what is sound",
    "kills": "kill parts of drills at random moments, and say whether any left something behind or reads wrong",
    "verify": "say whether a finished run's folder bears out its verdicts",
    "doctor": "what is there, what is missing, and what to do",
    "up": "bring up a topology to play with",
    "status": "what of it is up",
    "instance": "ask its service for instances, as in a console: list, create, promote and more",
    "fault": "break it, one thing at a time, and mend it",
    "down": "take it down",
}
INTERRUPTED = 3


class Verb(Protocol):
    """A module of this package that is a verb."""

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Say what the verb takes."""

    def run(self, given: argparse.Namespace) -> int:
        """Do it; returns the exit code."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit code of design decision 14."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    open_streams()
    try:
        return _run(given)
    except HadrillError as error:
        sys.stderr.write(_told(error))
        return error.exit_code
    except KeyboardInterrupt:
        sys.stderr.write("hadrill: interrupted\n")
        return INTERRUPTED
    except OSError as error:
        refused = refused_by_system(error, " ".join(("hadrill", *(word for word in given[:1] if word in VERBS))))
        sys.stderr.write(_told(refused))
        return refused.exit_code


def _told(error: HadrillError) -> str:
    """The error's lines; each that is not indented stands for itself, and says whose it is."""
    return "".join(
        f"{line}\n" if line[:1].isspace() else f"hadrill: {line}\n" for line in visible(str(error)).splitlines()
    )


def _run(arguments: list[str]) -> int:
    parser = Parser(prog="hadrill", description=sys.modules["hadrill"].__doc__)
    parser.add_argument("--version", action="version", version=f"hadrill {hadrill.__version__}")
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    for name, summary in VERBS.items():
        verb = verbs.add_parser(name, help=summary, description=f"{summary.capitalize()}.")
        if name in arguments:
            _module(name).add_arguments(verb)
    given = parser.parse_args(arguments)
    return _module(given.verb).run(given)


def _module(verb: str) -> Verb:
    return cast("Verb", import_module(f"hadrill.harness.cli.{verb}"))
