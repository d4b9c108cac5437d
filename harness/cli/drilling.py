"""A drill from settings to the closing table."""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

import pytest
from rich.console import Console

from hadrill.environments.parts.locate import locate_all
from hadrill.environments.parts.progress import Lines
from hadrill.environments.parts.settings import PartSettings, cache_folder
from hadrill.harness.cli.invocation import FOREIGN_VARIABLES, pytest_arguments
from hadrill.harness.cli.live_view.keyboard import require_terminal
from hadrill.harness.cli.progress import Progress, outside_capture
from hadrill.harness.cli.titled import TitledAlone
from hadrill.harness.drill.folder import folder_of_call
from hadrill.harness.drill.objectives import load_objectives
from hadrill.harness.drill.settings import RunSettings
from hadrill.harness.drill.stage import require_sabotage
from hadrill.harness.errors import WrongCall
from hadrill.reports.schema import Result


@dataclass(frozen=True, slots=True)
class Drilled:
    """What came of a drill.

    Attributes:
        exit_code: of design decision 14.
        result: None where nothing was drilled, or it could not be written down.
        interrupted: it was asked to end, be it when nothing of it was left but its reports.
    """

    exit_code: int
    result: Result | None
    interrupted: bool = False


class NothingSelected(WrongCall):
    """No scenario is among those that were asked for."""


def drill(
    settings: RunSettings,
    features: Sequence[Path] | None,
    tags: str | None,
    *,
    titles: Sequence[str] = (),
    live: bool = False,
) -> Drilled:
    """Drill, saying what happens, and print the closing table.

    Args:
        settings: of the run.
        features: what to look for scenarios in; hadrill's own where there are none.
        tags: an expression of tags.
        titles: only scenarios that are called so; all where there are none.
        live: draw what happens on the terminal, where there must be one.

    Raises:
        WrongCall: something that was asked for is not there or does not fit; nothing is left running or lying about.
        NothingSelected: no scenario is.
    """
    if live:
        require_terminal()
    _examine(settings)
    with folder_of_call(settings.output) as folder:
        return _drill(pytest_arguments(settings, features, tags, folder), tags, titles, live=live)


def _examine(settings: RunSettings) -> None:
    """Find out what is wrong with the call, and fetch what is missing, before anything is begun."""
    load_objectives(settings.objectives)
    require_sabotage(settings)
    parts = PartSettings.from_environ(
        os.environ, mysqld=settings.mysqld, haproxy=settings.haproxy, toxiproxy=settings.toxiproxy
    )
    locate_all(parts, Lines(sys.stderr))


def _drill(arguments: list[str], tags: str | None, titles: Sequence[str], *, live: bool) -> Drilled:
    for variable in FOREIGN_VARIABLES:
        os.environ.pop(variable, None)
    os.environ.setdefault("MPLCONFIGDIR", str(cache_folder(os.environ) / "matplotlib"))  # else in the home folder
    os.umask(0o077)  # what pytest's own plugins write is the owner's alone, too
    with outside_capture() as out, _shown_on(out, live=live) as (console, plugins):
        progress = Progress(console)
        status = int(pytest.main(arguments, plugins=[TitledAlone(titles), progress, *plugins]))
    if progress.errors:
        raise WrongCall("\n".join(progress.errors))
    if progress.run is not None:
        return Drilled(status, progress.result, bool(progress.interruption and progress.interruption.by))
    if status == pytest.ExitCode.NO_TESTS_COLLECTED:
        raise NothingSelected(_nothing_selected(tags, progress.tags))
    return Drilled(status, None)


@contextmanager
def _shown_on(out: TextIO, *, live: bool) -> Iterator[tuple[Console, list[object]]]:
    """Where lines go, and who else follows the drill."""
    if not live:
        yield Console(file=out), []
        return
    from hadrill.harness.cli.live_view.view import live_view  # noqa: PLC0415 - where it is asked for

    with live_view(out) as (console, view):
        yield console, [view]


def _nothing_selected(tags: str | None, known: set[str]) -> str:
    if tags is None or not known:
        return "there is no scenario in the features that were named"
    return f"no scenario has the tags {tags!r}; there are: {', '.join(f'@{tag}' for tag in sorted(known))}"
