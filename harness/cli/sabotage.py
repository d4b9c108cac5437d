"""``hadrill sabotage``: drills that must fail, since what they drill is broken on purpose."""

import argparse
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from hadrill.environments.parts.progress import Lines
from hadrill.harness.cli.options import add_drill_options
from hadrill.harness.errors import WrongCall
from hadrill.harness.sabotage.catalogue import catalogue, sabotages
from hadrill.harness.sabotage.entry import Sabotage
from hadrill.harness.sabotage.judge import NOT_HELD

ALL = "all"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the verb takes."""
    names = ", ".join(each.name for each in catalogue())
    parser.add_argument(
        "names", metavar="NAME", nargs="*", help=f"which decision of the service is changed: {ALL}, {names}"
    )
    parser.add_argument(
        "--sabotage-file", type=Path, metavar="FILE", help="sabotages of your own; all of them where none is named"
    )
    parser.add_argument(
        "--whole",
        action="store_true",
        help="run every scenario, not only those that must fail: all but them and those that may have to pass; where "
        "three services or more are drilled, the true one goes first, and scenarios that never ask it for the decision "
        "are left out",
    )
    parser.add_argument(
        "--part", metavar="K/N", help="of what is named every N-th alone, from the K-th on: N calls go through the lot"
    )
    add_drill_options(parser)


def run(given: argparse.Namespace) -> int:
    """Drill each broken service and print the matrix.

    Returns:
        0 where each is caught as it is declared and, of all of them, every promise was broken by one.
    """
    from hadrill.harness.cli import sabotaging  # noqa: PLC0415 - pytest and its plugins, for this verb alone

    every = sabotages(given.sabotage_file)
    chosen = part_of(_chosen(given.names, every, given.sabotage_file), given.part)
    if given.sabotage_file:
        sabotaging.refuse_what_is_not_there(every, given.features or ())
    if ALL in given.names and (gaps := [*_gaps(every)]):
        told = Lines(sys.stderr)
        for gap in gaps:
            told.say(f"hadrill: {gap}")
        return NOT_HELD
    return sabotaging.drill_each(given, chosen)


def _gaps(every: Sequence[Sabotage]) -> Iterator[str]:
    from hadrill.harness.cli import sabotaging as known  # noqa: PLC0415 - see run

    for title in known.never_seen_to_fail(every):
        yield f"no sabotage must fail {title!r}: it was never seen to fail"
    for decision in known.never_changed(every):
        yield f"no sabotage changes {decision}, and nothing says why none can be caught"
    for check in known.never_tripping(every):
        yield f"no scenario must fail by {check} on any sabotage, and nothing says why"


def part_of(chosen: tuple[Sabotage, ...], part: str | None) -> tuple[Sabotage, ...]:
    """Every N-th, from the K-th on, where ``K/N`` is asked for.

    Raises:
        WrongCall: the part is no two numbers, or nothing is in it.
    """
    if part is None:
        return chosen
    found = re.fullmatch(r"([1-9][0-9]{0,3})/([1-9][0-9]{0,3})", part)
    first, of = (int(found[1]), int(found[2])) if found else (0, 0)
    if not 1 <= first <= of or first > len(chosen):
        raise WrongCall(f"--part takes K/N with K from 1 to N, of {len(chosen)} sabotages, not {part!r}")
    return chosen[first - 1 :: of]


def _chosen(names: Sequence[str], every: tuple[Sabotage, ...], own: Path | None) -> tuple[Sabotage, ...]:
    """Those that are named; all of the user's own file where none is."""
    if ALL in names and len(names) > 1:
        raise WrongCall(f"{ALL!r} stands for every sabotage; name it alone")
    if not names and own is None:
        raise WrongCall(f"name a sabotage, or {ALL}, or a --sabotage-file of your own; see hadrill sabotage --help")
    by_name = {each.name: each for each in every}
    if unknown := [name for name in names if name not in {ALL, *by_name}]:
        raise WrongCall(f"there is no sabotage {unknown[0]!r}; there are: {', '.join(sorted(by_name))}")
    if ALL in names:
        return every
    ours = {each.name for each in catalogue()}
    return tuple(by_name[name] for name in dict.fromkeys(names or [name for name in by_name if name not in ours]))
