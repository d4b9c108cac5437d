"""What the benchmark can be asked for."""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from hadrill.harness.drill.settings import DEFAULT_OUTPUT
from hadrill.harness.errors import WrongCall

PROGRAM = "python -m hadrill.harness.bench"


@dataclass(frozen=True, slots=True)
class Options:
    """What is measured, and how often; 0 leaves it out.

    Attributes:
        runs: rounds of a pair and a bare server.
        switches: of one pair's primary.
        kills: likewise.
        drill: whether a whole drill and its smoke test are timed.
        output: folder of ``bench.json``.
    """

    runs: int
    switches: int
    kills: int
    drill: bool
    output: Path


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise WrongCall(f"{message}; see {self.prog} --help")


def parse(arguments: Sequence[str]) -> Options:
    """Read the command line.

    Raises:
        WrongCall: it cannot be read.
    """
    parser = _Parser(prog=PROGRAM, description="Measure what a user waits for.")
    for name, default, text in (
        ("runs", 10, "rounds of a pair that gets ready and a bare server that does"),
        ("switches", 10, "switchovers"),
        ("kills", 50, "kills of the primary"),
    ):
        help_text = f"{text}; 0 leaves it out (%(default)s)"
        parser.add_argument(f"--{name}", type=_count, default=default, metavar="N", help=help_text)
    parser.add_argument(
        "--no-drill", dest="drill", action="store_false", help="leave out the whole drill and the smoke"
    )
    parser.add_argument("--output", type=Path, default=DEFAULT_OUTPUT / "bench", metavar="DIR", help="(%(default)s)")
    return Options(**vars(parser.parse_args(arguments)))


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise argparse.ArgumentTypeError(f"a whole number from 0 is needed, not {text!r}")
    return int(text)
