"""The matrix on a terminal: sabotages by numbered scenarios where they fit, else a line for each sabotage."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import StringIO
from pathlib import Path
from typing import Final

from rich import box
from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from hadrill.harness.sabotage.judge import Outcome
from hadrill.harness.visible import visible
from hadrill.reports.matrix.schema import Matrix, RowResult
from hadrill.reports.matrix.wording import (
    NEVER_BROKEN,
    NEVER_FOUND,
    NO_PROMISE,
    NO_SABOTAGE,
    NO_SCENARIO,
    SIGNS,
    columns,
    in_short,
    last_line,
    what_does_not_hold,
    what_is_not_broken,
    what_is_not_shown,
    what_is_not_tripped,
    what_never_found,
)
from hadrill.reports.prose import in_brief

COLUMNS: Final = 100
A_COLUMN: Final = 4
"""Characters that a numbered scenario takes."""

STYLES: Final = {
    Outcome.CAUGHT: "green",
    Outcome.MISSED: "bold red",
    Outcome.OTHER_REASON: "bold red",
    Outcome.BROKEN: "bold red",
    Outcome.NO_VERDICT: "yellow",
}


def print_matrix(matrix: Matrix, files: Mapping[str, Path], console: Console) -> None:
    """Print the matrix, what does not hold, and where the files are.

    Args:
        matrix: what came of the sabotages.
        files: by name, where it is written down.
        console: where to; without a terminal it gets plain text of 100 columns.
    """
    if console.is_terminal and console.encoding.startswith("utf"):
        _say(console, matrix, files)
    else:
        text = matrix_text(matrix, files)
        console.file.write(text.encode(console.encoding, "replace").decode(console.encoding))


def matrix_text(matrix: Matrix, files: Mapping[str, Path]) -> str:
    """The same as plain text without colour."""
    out = StringIO()
    _say(Console(file=out, width=COLUMNS, color_system=None), matrix, files)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def _say(console: Console, matrix: Matrix, files: Mapping[str, Path]) -> None:
    titles = columns(matrix)
    widest = max((len(row.sabotage) + len(row.breaks) for row in matrix.rows), default=0)
    fits = widest + A_COLUMN * (len(titles) + 2) <= console.width
    shown = [_grid(matrix.rows, titles), _legend(matrix.rows, titles)] if fits else [_lines(matrix.rows)]
    lists = [
        *_list("Not as declared", what_does_not_hold(matrix.rows)),
        *_list(NO_SCENARIO, what_is_not_shown(matrix)),
        *_list(NO_SABOTAGE, what_is_not_tripped(matrix)),
        *_list(NO_PROMISE, what_is_not_broken(matrix)),
        *_list(NEVER_BROKEN, matrix.never_broken),
        *_list(NEVER_FOUND, what_never_found(matrix)),
    ]
    parts = [*shown, *lists, *_places(files), Text.assemble(("hadrill: ", "bold"), last_line(matrix))]
    console.print(Group(*parts), highlight=False, crop=False)


def _table() -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    table.add_column("sabotage", no_wrap=True)
    table.add_column("breaks", no_wrap=True)
    return table


def _grid(rows: Sequence[RowResult], titles: Sequence[str]) -> Table:
    table = _table()
    for number in range(1, len(titles) + 1):
        table.add_column(str(number), justify="right")
    for row in rows:
        there = {cell.scenario: cell.outcome for cell in row.cells}
        signs = (_sign(there[title]) if title in there else Text() for title in titles)
        table.add_row(row.sabotage, row.breaks, *signs)
    return table


def _sign(outcome: Outcome) -> Text:
    return Text(SIGNS[outcome], style=STYLES.get(outcome, "dim"))


def _legend(rows: Sequence[RowResult], titles: Sequence[str]) -> RenderableType:
    there = {cell.outcome for row in rows for cell in row.cells if cell.scenario in titles}
    signs = Text(", ".join(f"{sign} {outcome.value}" for outcome, sign in SIGNS.items() if outcome in there))
    numbers = Table.grid(padding=(0, 1))
    for number, title in enumerate(titles, 1):
        numbers.add_row(Text(f"{number:3}"), Text(title))
    return Group(numbers, Text(), signs, Text())


def _lines(rows: Sequence[RowResult]) -> Table:
    table = _table()
    table.add_column("what came of it")
    for row in rows:
        table.add_row(
            row.sabotage, row.breaks, Text(in_short(row), style="green" if row.exit_code == 0 else "bold red")
        )
    return table


def _list(title: str, sentences: Iterable[str]) -> Iterator[RenderableType]:
    items = Table.grid(padding=(0, 1))
    for told in sentences:
        items.add_row("  -", Text(in_brief(told, "matrix.json")))
    if items.row_count:
        yield Text(title, style="bold")
        yield items
        yield Text()


def _places(files: Mapping[str, Path]) -> Iterator[RenderableType]:
    width = max((len(name) for name in files), default=0)
    for name, path in files.items():
        yield Text(f"{name:<{width}}  {visible(str(path))}", no_wrap=True, overflow="ignore")
