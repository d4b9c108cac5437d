"""The closing table: clause by clause what was promised, what was measured, and the verdict."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from io import StringIO
from itertools import groupby
from pathlib import Path
from typing import Final

from rich import box
from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from hadrill.harness.model.verdict import Verdict
from hadrill.harness.visible import visible
from hadrill.reports.figures import Figure, figures
from hadrill.reports.prose import in_brief
from hadrill.reports.schema import ClauseResult, Result, ScenarioResult

COLUMNS: Final = 100
MOST_OF_ONE: Final = 5
STYLES: Final = {
    Verdict.PASS: "green",
    Verdict.FAIL: "bold red",
    Verdict.NO_VERDICT: "yellow",
    Verdict.NOT_RUN: "yellow",
    Verdict.NOT_ADDRESSED: "dim",
}


def print_table(result: Result, reports: Mapping[str, Path], console: Console) -> None:
    """Print the table and what belongs below it: what is not addressed, warnings, where the reports are, failures.

    What did not pass stands next to the verdict, so that whoever sees only the end of a log sees it.

    Args:
        result: what the run found.
        reports: name of each report, and where it is.
        console: where to; without a terminal it gets plain text of 100 columns, in characters that it can write.
    """
    if console.is_terminal and console.encoding.startswith("utf"):
        _say(console, result, reports)
    else:
        text = table_text(result, reports, COLUMNS)
        console.file.write(text.encode(console.encoding, "replace").decode(console.encoding))


def table_text(result: Result, reports: Mapping[str, Path], columns: int = COLUMNS) -> str:
    """The same as plain text without colour."""
    out = StringIO()
    _say(Console(file=out, width=columns, color_system=None), result, reports)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def _say(console: Console, result: Result, reports: Mapping[str, Path]) -> None:
    whole = Group(_table(result), *_below(result), *_reports(reports), *_failures(result), _last_line(result))
    console.print(whole, highlight=False, crop=False)


def _table(result: Result) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold", expand=True)
    table.add_column("clause", no_wrap=True)
    table.add_column("promise", ratio=4)
    table.add_column(_measured(Figure("measured", "", "objective", None)), ratio=9)
    table.add_column("verdict", no_wrap=True)
    for name, clause in result.clauses.items():
        table.add_row(name, Text(clause.title), _figures(clause), _verdict(clause.verdict))
    return table


def _figures(clause: ClauseResult) -> RenderableType:
    return Group(*(_measured(figure) for figure in figures(clause.measures)))


def _measured(figure: Figure) -> Table:
    """A line of what was measured; the same grid in the heading and in each cell, so that columns meet."""
    grid = Table.grid(padding=(0, 2, 0, 0), expand=True)
    grid.add_column(ratio=1)
    grid.add_column(justify="right", no_wrap=True)
    grid.add_column(width=9, no_wrap=True)
    style = "red" if figure.within is False else "" if figure.limit else "dim"
    grid.add_row(Text(figure.name, style=style), Text(figure.value, style=style), figure.limit)
    return grid


def _verdict(verdict: Verdict) -> Text:
    return Text(verdict.value, style=STYLES[verdict])


def _below(result: Result) -> Iterator[RenderableType]:
    if not result.run.sabotage:  # a broken service shows no promise, and a matrix is made of dozens of its runs
        yield from _list("Not addressed", dict.fromkeys(f"{one.clause}: {one.reason}" for one in result.not_addressed))
    yield from _list("Warnings", _few_of_each(result.warnings))


def _few_of_each(warnings: Iterable[str]) -> Iterator[str]:
    """The first ones of each scenario, which may have hundreds, and how many more there are."""
    for whose, group in groupby(warnings, key=lambda warning: warning.partition(": ")[0]):
        said = list(group)
        yield from said[:MOST_OF_ONE]
        if len(said) > MOST_OF_ONE:
            yield f"{whose}: and {len(said) - MOST_OF_ONE} more, in result.json"


def _why(scenario: ScenarioResult) -> str:
    place = f"{scenario.feature}:{scenario.line}"
    reason = in_brief(scenario.reason, "result.json")
    return f"{scenario.verdict.value}: {scenario.title} ({', '.join(scenario.clauses)}; {place}): {reason}"


def _list(heading: str, lines: Iterable[str]) -> Iterator[RenderableType]:
    rows = Table.grid(padding=(0, 1))
    for line in lines:
        rows.add_row("  -", Text(line))
    if rows.row_count:
        yield Text(heading, style="bold")
        yield rows
        yield Text()


def _reports(reports: Mapping[str, Path]) -> Iterator[RenderableType]:
    width = max((len(name) for name in reports), default=0)
    for name, path in reports.items():
        # A path is never broken over lines, so that a terminal can open it.
        yield Text(f"{name:<{width}}  {visible(str(path))}", no_wrap=True, overflow="ignore")


def _failures(result: Result) -> Iterator[RenderableType]:
    doubtful = [one for one in result.scenarios if one.verdict in {Verdict.FAIL, Verdict.NO_VERDICT, Verdict.NOT_RUN}]
    if doubtful:
        yield Text()
    yield from _list("Scenarios that did not pass", (_why(one) for one in doubtful))


def _last_line(result: Result) -> Text:
    ended = sum(one.verdict not in {Verdict.NOT_RUN, Verdict.NOT_ADDRESSED} for one in result.scenarios)
    seconds = _seconds(result)
    what = f"{ended} of {len(result.scenarios)} scenarios in {seconds:.0f} s, seed {result.run.seed}"
    unfinished = "" if result.run.finished else ", not finished"
    sabotaged = f" on the service sabotaged by {result.run.sabotage}" if result.run.sabotage else ""
    return Text.assemble(("hadrill: ", "bold"), _verdict(result.verdict), f"{sabotaged}{unfinished} ({what})")


def _seconds(result: Result) -> float:
    """How long it took: less than its scenarios together where some ran side by side."""
    if result.run.ended is None:
        return sum(one.seconds or 0.0 for one in result.scenarios)
    return (datetime.fromisoformat(result.run.ended) - datetime.fromisoformat(result.run.started)).total_seconds()
