"""``hadrill sabotage``: a drill that must fail, since what it drills is broken on purpose."""

import argparse
import sys
from collections.abc import Mapping

from hadrill.harness.cli.options import add_drill_options, settings_from
from hadrill.harness.model.verdict import Verdict
from hadrill.harness.sabotage.catalogue import CATALOGUE, Sabotage, sabotage

CAUGHT = 0
MISSED = 1
NO_VERDICT = 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the verb takes."""
    names = ", ".join(each.name for each in CATALOGUE)
    parser.add_argument("name", metavar="NAME", help=f"which decision of the service is changed: {names}")
    add_drill_options(parser)


def run(given: argparse.Namespace) -> int:
    """Drill the broken service; returns 0 where each scenario that must catch it has failed."""
    from hadrill.harness.cli.drilling import drill  # noqa: PLC0415 - pytest and its plugins, for this verb alone

    chosen = sabotage(given.name)
    drilled = drill(settings_from(given, chosen.name), given.features, given.tags)
    if drilled.result is None or not drilled.result.run.finished:
        return drilled.exit_code
    verdicts = {scenario.title: scenario.verdict for scenario in drilled.result.scenarios}
    code, sentence = outcome(chosen, verdicts)
    sys.stdout.write(f"{sentence}\n")
    return code


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


def _quoted(titles: list[str]) -> str:
    return ", ".join(f"'{title}'" for title in titles)
