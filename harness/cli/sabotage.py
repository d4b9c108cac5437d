"""``hadrill sabotage``: drills that must fail, since what they drill is broken on purpose."""

import argparse
import re
import sys
from collections.abc import Mapping, Sequence

from hadrill.harness.cli.options import add_drill_options, settings_from
from hadrill.harness.errors import WrongCall
from hadrill.harness.model.verdict import Verdict
from hadrill.harness.sabotage.catalogue import CATALOGUE, sabotage
from hadrill.harness.sabotage.entry import Sabotage

ALL = "all"
CAUGHT = 0
MISSED = 1
NO_VERDICT = 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the verb takes."""
    names = ", ".join(each.name for each in CATALOGUE)
    parser.add_argument(
        "names", metavar="NAME", nargs="+", help=f"which decision of the service is changed: {ALL}, {names}"
    )
    parser.add_argument(
        "--whole", action="store_true", help="run every scenario, not only those that must catch the sabotage"
    )
    parser.add_argument(
        "--part", metavar="K/N", help="of what is named every N-th alone, from the K-th on: N calls go through the lot"
    )
    add_drill_options(parser)


def run(given: argparse.Namespace) -> int:
    """Drill each broken service; returns 0 where each scenario that must catch one has failed on it."""
    chosen = part_of(_chosen(given.names), given.part)
    told: list[tuple[int, str]] = []
    for each in chosen:
        told.append(_drilled(given, each))
        sys.stdout.write(f"{told[-1][1]}\n")
        if told[-1][0] not in {CAUGHT, MISSED, NO_VERDICT}:
            return told[-1][0]
    if len(told) > 1:
        sys.stdout.write("\n".join(["", *(sentence for _, sentence in told), ""]))
    codes = {code for code, _ in told}
    return next((code for code in (MISSED, NO_VERDICT) if code in codes), CAUGHT)


def outcome(chosen: Sabotage, verdicts: Mapping[str, Verdict]) -> tuple[int, str]:
    """What a finished drill of a broken service shows of the drill itself.

    Args:
        chosen: the sabotage.
        verdicts: of the scenarios that ran, by title.
    """
    ran = [title for title in chosen.caught_by if title in verdicts]
    missed = [title for title in ran if verdicts[title] is not Verdict.FAIL]
    if not ran:
        return NO_VERDICT, f"{chosen.name}: none of the scenarios that must catch it was among those that ran"
    if missed:
        return MISSED, f"{chosen.name}: missed by {_quoted(missed)}"
    return CAUGHT, f"{chosen.name}: caught by {_quoted(ran)}"


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


def _chosen(names: Sequence[str]) -> tuple[Sabotage, ...]:
    if ALL in names and len(names) > 1:
        raise WrongCall(f"{ALL!r} stands for every sabotage; name it alone")
    return CATALOGUE if ALL in names else tuple(sabotage(name) for name in dict.fromkeys(names))


def _drilled(given: argparse.Namespace, chosen: Sabotage) -> tuple[int, str]:
    from hadrill.harness.cli.drilling import drill  # noqa: PLC0415 - pytest and its plugins, for this verb alone

    titles = () if given.whole else chosen.caught_by
    drilled = drill(settings_from(given, chosen.name), given.features, given.tags, titles=titles)
    if drilled.result is None or not drilled.result.run.finished:
        return max(drilled.exit_code, NO_VERDICT + 1), f"{chosen.name}: the drill was not finished"
    return outcome(chosen, {scenario.title: scenario.verdict for scenario in drilled.result.scenarios})


def _quoted(titles: list[str]) -> str:
    return ", ".join(f"'{title}'" for title in titles)
