"""How the benchmark is told: a table for people, ``bench.json`` for machines."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from hadrill.harness.bench.figure import Figure
from hadrill.harness.bench.sheet import Sheet
from hadrill.harness.errors import WrongCall

FILE_NAME: Final = "bench.json"
_MET: Final = {True: Text("met", style="green"), False: Text("missed", style="bold red"), None: Text("")}
_OF_THE_SHEET: Final = ("part", "measured_at", "load_average")
_OF_THE_FIGURE: Final = ("name", "value", "unit", "aim", "samples", "note")


def write_sheets(folder: Path, sheets: Iterable[Sheet]) -> Path:
    """Write all figures to ``bench.json``, in place of what it held; a reader never sees half of it.

    It is a list of objects: ``part``, ``measured_at``, ``load_average``, ``name``, ``value`` (null where not measured),
    ``unit``, ``aim`` (null where there is none), ``runs``, ``samples`` and ``note``.

    Returns:
        the file.

    Raises:
        WrongCall: the folder cannot be written to.
    """
    file = folder / FILE_NAME
    fresh = file.with_suffix(".part")
    lines = [_object(sheet, figure) for sheet in sheets for figure in sheet.figures]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        fresh.write_text(json.dumps(lines, indent=1) + "\n", encoding="utf-8")
        fresh.replace(file)
    except OSError as error:
        raise WrongCall(f"{file} cannot be written: {error.strerror}; choose another --output") from error
    return file


def read_sheets(folder: Path) -> dict[str, Sheet]:
    """What an earlier call left in ``bench.json``, by part; nothing where there is no such file.

    Raises:
        WrongCall: it is not of the form that ``write_sheets`` gives it.
    """
    file = folder / FILE_NAME
    if not file.is_file():
        return {}
    try:
        lines = json.loads(file.read_text(encoding="utf-8"))
        grouped = groupby(lines, key=lambda line: tuple(line[name] for name in _OF_THE_SHEET))
        return {part: Sheet(part, at, load, tuple(map(_figure, own))) for (part, at, load), own in grouped}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise WrongCall(f"{file} is not what a benchmark wrote ({error!r}); choose another --output") from error


def print_sheets(sheets: Sequence[Sheet], console: Console) -> None:
    """Print the table, and below it what is to be known of single lines."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("measured")
    for heading in ("value", "aim", "runs", "load"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("", no_wrap=True)
    for sheet in sheets:
        for figure in sheet.figures:
            table.add_row(Text(figure.name), *_cells(figure), f"{sheet.load_average:.1f}", _MET[figure.met])
    console.print(table, highlight=False)
    for figure in (figure for sheet in sheets for figure in sheet.figures):
        if figure.note:
            console.print(Text(f"{figure.name}: {figure.note}"))


def worded(value: float | None, unit: str) -> str:
    """A value for people, to about three digits."""
    if value is None:
        return "not measured"
    if value == int(value) or abs(value) >= 100:
        number = f"{value:.0f}"
    else:
        number = f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"
    return f"{number} : 1" if unit == "ratio" else f"{number} {unit}"


def _cells(figure: Figure) -> tuple[str, str, str]:
    aim = "" if figure.aim is None else worded(figure.aim, figure.unit)
    return worded(figure.value, figure.unit), aim, str(figure.runs)


def _object(sheet: Sheet, figure: Figure) -> dict[str, object]:
    head = {name: getattr(sheet, name) for name in _OF_THE_SHEET}
    return {**head, **asdict(figure), "runs": figure.runs}


def _figure(line: dict[str, Any]) -> Figure:
    fields = {name: line[name] for name in _OF_THE_FIGURE}
    return Figure(**{**fields, "samples": tuple(fields["samples"])})
