"""``hadrill verify``: whether a finished run's folder bears out what it says, from that folder alone."""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from hadrill.harness.cli.saying import say

if TYPE_CHECKING:
    from hadrill.reports.verify import Verified

NOT_BORNE_OUT: Final = 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the verb takes."""
    parser.add_argument("run", type=Path, metavar="RUN", help="a run's folder, for example hadrill-runs/latest")


def run(given: argparse.Namespace) -> int:
    """Verify and print what came of it; returns 0 where all is borne out, else 1."""
    from hadrill.reports.verify import verify  # noqa: PLC0415 - the checks, for this verb alone

    verified = verify(given.run)
    say(*lines_of(verified))
    return NOT_BORNE_OUT if verified.wrong else 0


def lines_of(verified: "Verified") -> Iterator[str]:
    """What there is to say of a run that was verified."""
    yield from (f"not borne out: {sentence}" for sentence in verified.wrong)
    aside = ", ".join(f"{check} ({times})" for check, times in sorted(verified.not_again.items()))
    beside = f"; made by no check that could be asked again: {aside}" if aside else ""
    yield f"{verified.judged} judgements made again as they were, {len(verified.wrong)} things not borne out{beside}"
    ended = "" if verified.run.run.finished else ", not finished"
    yield f"{verified.run.run.name}, seed {verified.run.run.seed}: {verified.run.verdict.value}{ended}"
    yield f"its journal's SHA-256, to be kept elsewhere: {verified.journal_sha256}"
