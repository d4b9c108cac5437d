"""What the benchmark can be asked for."""

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NoReturn

from hadrill.harness.drill.settings import DEFAULT_OUTPUT
from hadrill.harness.errors import WrongCall
from hadrill.harness.whole_number import whole_number

PROGRAM = "python -m hadrill.harness.bench"

PARTS: Final[Mapping[str, tuple[int, str]]] = {
    "runs": (10, "rounds of a pair, a pair with two read-only instances, and a bare server (aims: 2 and 3 to 1)"),
    "switches": (50, "switchovers (aim: outage 0.5 s at the 99th percentile)"),
    "kills": (300, "kills of the primary (aim: median 0.5 s, 99th percentile 1 s, nothing lost)"),
    "freezes": (50, "freezes of the primary (aim: 3 s at the 99th percentile, nothing lost, no two primaries)"),
    "isolations": (50, "isolations of the primary's rack (aims as for freezes)"),
    "blocks": (10, "blocks of 20,000 operations with the ledger, in turn with bare ones (aim: 1.10 to 1)"),
    "outages": (300, "outages of a server that knows its own (aim: measured within 5 ms at the 99th percentile)"),
    "judgements": (3, "judgings of ten million operations by a fresh process (aims: 10 s, 2 GB)"),
    "recoveries": (5, "disasters and ways back (aim: the first write 10 s after the request for a promotion)"),
    "drills": (1, "whole drills, each followed by the smoke drill (aims: 300 s and 60 s)"),
}
"""Each part's option, how often it is measured where nothing is said, and in words what it is and aims at."""


@dataclass(frozen=True, slots=True)
class Options:
    """What is measured, and how often.

    Attributes:
        counts: by part, in the order of the table; what is not measured is not there.
        resume: whether what the output folder holds is kept, and only what is missing there measured.
        keep: whether what the output folder holds of parts that are not asked for is kept.
        output: folder of ``bench.json``.
    """

    counts: Mapping[str, int]
    resume: bool
    keep: bool
    output: Path


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise WrongCall(f"{message}; see {self.prog} --help")


def parse(arguments: Sequence[str]) -> Options:
    """Read the command line.

    Raises:
        WrongCall: it cannot be read.
    """
    asked = vars(_parser().parse_args(arguments))
    only = asked["only"] or tuple(PARTS)
    counts = {part: asked[part] for part in PARTS if part in only and asked[part]}
    return Options(counts, asked["resume"], asked["resume"] or bool(asked["only"]), asked["output"])


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog=PROGRAM, description="Measure what a user waits for.")
    for part, (default, text) in PARTS.items():
        help_text = f"{text}; 0 leaves it out (%(default)s)"
        parser.add_argument(f"--{part}", type=_count, default=default, metavar="N", help=help_text)
    parser.add_argument("--no-drill", dest="drills", action="store_const", const=0, help="the same as --drills 0")
    parser.add_argument(
        "--only", action="append", choices=PARTS, metavar="PART", help="measure this part alone, and keep the others'"
    )
    parser.add_argument("--resume", action="store_true", help="measure what the output folder does not hold yet")
    parser.add_argument("--output", type=Path, default=DEFAULT_OUTPUT / "bench", metavar="DIR", help="(%(default)s)")
    return parser


def _count(text: str) -> int:
    try:
        return whole_number(text, "it takes")
    except WrongCall as error:
        raise argparse.ArgumentTypeError(str(error)) from error  # which says of which option
