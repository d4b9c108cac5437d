"""Fetch what a drill needs and is not there: ``python -m hadrill.environments.parts``."""

import argparse
import os
import sys
from pathlib import Path

from hadrill.environments.parts.locate import Parts, locate_all
from hadrill.environments.parts.progress import Lines
from hadrill.environments.parts.settings import PartSettings
from hadrill.harness.errors import HadrillError


def main() -> int:
    """Locate all parts and print which are used; returns the process's exit code."""
    parser = argparse.ArgumentParser(prog="python -m hadrill.environments.parts", description=__doc__)
    for part in ("mysqld", "haproxy", "toxiproxy"):
        parser.add_argument(f"--{part}", type=Path, metavar="FILE", help="use this one")
    parser.add_argument("--no-fetch", action="store_true", help="only look at what is there")
    given = parser.parse_args()
    settings = PartSettings.from_environ(
        os.environ,
        mysqld=given.mysqld,
        haproxy=given.haproxy,
        toxiproxy=given.toxiproxy,
        fetch=not given.no_fetch,
    )
    try:
        _print(locate_all(settings, Lines(sys.stderr)))
    except HadrillError as error:
        Lines(sys.stderr).say(str(error))
        return error.exit_code
    return 0


def _print(parts: Parts) -> None:
    out = Lines(sys.stdout)
    for name, part in (("mysql", parts.mysql), ("haproxy", parts.haproxy), ("toxiproxy", parts.toxiproxy)):
        out.say(f"{name} {part.version} ({part.origin}): {part.argv[-1]}")
        for warning in part.warnings:
            out.say(f"  {warning}")
    if parts.allure:
        out.say(f"allure {parts.allure.version} ({parts.allure.origin}): {parts.allure.argv[-1]}")


if __name__ == "__main__":
    sys.exit(main())
