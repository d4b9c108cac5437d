"""How the benchmark is told: a table for people, ``bench.json`` for machines."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Final

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from hadrill.harness.bench.figure import Figure
from hadrill.harness.errors import WrongCall

FILE_NAME: Final = "bench.json"
_MET: Final = {True: Text("met", style="green"), False: Text("missed", style="bold red"), None: Text("")}


def write_figures(folder: Path, figures: Sequence[Figure]) -> Path:
    """Write all figures to ``bench.json``, in place of what it held; a reader never sees half of it.

    It is a list of objects: ``name``, ``value`` (null where not measured), ``unit``, ``aim`` (null where there is
    none), ``runs``, ``samples`` and ``note``.

    Returns:
        the file.

    Raises:
        WrongCall: the folder cannot be written to.
    """
    file = folder / FILE_NAME
    fresh = file.with_suffix(".part")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        fresh.write_text(json.dumps([_object(figure) for figure in figures], indent=1) + "\n", encoding="utf-8")
        fresh.replace(file)
    except OSError as error:
        raise WrongCall(f"{file} cannot be written: {error.strerror}; choose another --output") from error
    return file


def print_figures(figures: Sequence[Figure], console: Console) -> None:
    """Print the table, and below it what is to be known of single lines."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("measured")
    for heading in ("value", "aim", "runs"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("", no_wrap=True)
    for figure in figures:
        value, aim = worded(figure.value, figure.unit), "" if figure.aim is None else worded(figure.aim, figure.unit)
        table.add_row(Text(figure.name), value, aim, str(figure.runs), _MET[figure.met])
    console.print(table, highlight=False)
    for figure in figures:
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


def _object(figure: Figure) -> dict[str, object]:
    return {**asdict(figure), "runs": figure.runs}
