"""Options that several verbs share."""

import argparse
from pathlib import Path

from hadrill.harness.drill.settings import DEFAULT_OUTPUT, ENVIRONMENTS, RunSettings, default_jobs, jobs_from, seed_from
from hadrill.harness.errors import WrongCall


def add_part_options(parser: argparse.ArgumentParser) -> None:
    """Programs that are there already; where they are not named they are found, or fetched."""
    parser.add_argument("--mysqld", type=Path, metavar="FILE", help="MySQL server to use")
    parser.add_argument("--haproxy", type=Path, metavar="FILE", help="HAProxy to use")
    parser.add_argument("--toxiproxy", type=Path, metavar="FILE", help="Toxiproxy server to use")


def add_drill_options(parser: argparse.ArgumentParser, *, output: Path = DEFAULT_OUTPUT, one_seed: bool = True) -> None:
    """What is drilled, where, and against which limits.

    Args:
        parser: of the verb.
        output: where runs go where nothing is said.
        one_seed: the seed can be chosen.
    """
    parser.add_argument(
        "--features", type=Path, nargs="+", metavar="PATH", help="feature files or folders of them (hadrill's own)"
    )
    parser.add_argument("--tags", metavar="EXPRESSION", help="only scenarios with these: '@smoke and not @HA-8'")
    parser.add_argument(
        "--environment", default=ENVIRONMENTS[0], metavar="NAME", help=f"where servers run ({', '.join(ENVIRONMENTS)})"
    )
    parser.add_argument("--objectives", type=Path, metavar="FILE", help="limits to use in place of hadrill's own")
    parser.add_argument("--load", type=Path, metavar="FILE", help="mix and rate of the clients, where other than usual")
    parser.add_argument("--output", type=Path, default=output, metavar="DIR", help=f"where runs go ({output})")
    parser.add_argument(
        "--jobs",
        metavar="N",
        help=f"so many of the scenarios that judge no time run side by side ({default_jobs()}); the others run alone",
    )
    parser.add_argument("--fresh", action="store_true", help="a new instance for each scenario, even where one stands")
    if one_seed:
        parser.add_argument("--seed", metavar="N", help="repeat what was random in an earlier run")
    add_part_options(parser)


def settings_from(given: argparse.Namespace, sabotage: str) -> RunSettings:
    """The run that the options ask for.

    Raises:
        WrongCall: there is no such environment, seed or jobs are no number, or jobs do not go with --live.
    """
    return RunSettings(
        seed=seed_from(given.seed),
        output=given.output,
        environment=given.environment,
        objectives=given.objectives,
        load=given.load,
        mysqld=given.mysqld,
        haproxy=given.haproxy,
        toxiproxy=given.toxiproxy,
        sabotage=sabotage,
        sabotage_file=getattr(given, "sabotage_file", None) if sabotage else None,
        jobs=_jobs(given.jobs, live=getattr(given, "live", False)),
        fresh=given.fresh,
    )


def _jobs(given: str | None, *, live: bool) -> int:
    """As asked; one where somebody watches, who sees one scenario at a time."""
    asked = None if given is None else jobs_from(given)
    if live and asked not in {None, 1}:
        raise WrongCall(f"--live shows one scenario at a time, not {asked}: leave out --jobs")
    return 1 if live else asked or default_jobs()
