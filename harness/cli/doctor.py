"""``hadrill doctor``: what is there, what is missing, and what to do; fetches and changes nothing."""

import argparse
import os
import platform
from collections.abc import Iterator
from typing import TYPE_CHECKING

import hadrill
from hadrill.harness.cli.options import add_part_options
from hadrill.harness.cli.saying import say
from hadrill.harness.errors import PartMissing

if TYPE_CHECKING:
    from hadrill.environments.parts.examine import PartReport


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the verb takes."""
    add_part_options(parser)


def run(given: argparse.Namespace) -> int:
    """Print what was found; returns 0 where a drill could begin, else the code of a missing part."""
    from hadrill.environments.parts.examine import examine  # noqa: PLC0415 - for this verb alone
    from hadrill.environments.parts.settings import PartSettings  # noqa: PLC0415 - for this verb alone

    parts = PartSettings.from_environ(
        os.environ, mysqld=given.mysqld, haproxy=given.haproxy, toxiproxy=given.toxiproxy, fetch=False
    )
    reports = examine(parts)
    say(f"hadrill {hadrill.__version__}, Python {platform.python_version()}, cache {parts.cache}")
    for report in reports:
        say(*lines_of(report))
    missing = [report.name for report in reports if report.needed and report.version is None]
    if missing:
        say(f"missing: {', '.join(missing)}; 'hadrill drill' fetches what can be fetched")
        return PartMissing.exit_code
    say("all that a drill needs is there")
    return 0


def lines_of(report: "PartReport") -> Iterator[str]:
    """What there is to say of a part."""
    if report.version is not None:
        yield f"{report.name} {report.version} ({report.origin}): {report.program}"
    else:
        first, *others = report.problem.splitlines() or ["not found"]
        yield f"{report.name}: {'' if report.needed else 'not needed for a drill; '}{first}"
        yield from (f"  {line.strip()}" for line in others)
    yield from (f"  note: {warning}" for warning in report.warnings)
