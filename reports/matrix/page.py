"""``matrix.html``: the matrix as one self-contained page, a row a sabotage, a column a scenario."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from hadrill.harness.sabotage.judge import Outcome
from hadrill.reports.markup import Markup, element
from hadrill.reports.matrix.schema import CellResult, Matrix, RowResult
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
    sentence,
    what_does_not_hold,
    what_is_not_broken,
    what_is_not_shown,
    what_is_not_tripped,
    what_never_found,
)
from hadrill.reports.summary import POLICY, STYLE, SUMMARY

OWN_STYLE: Final = "matrix.css"


def page(matrix: Matrix) -> str:
    """The page as text; whatever sabotages, features and servers supply is escaped."""
    here = Path(__file__).parent
    style = Markup((here.parent / STYLE).read_text() + (here / OWN_STYLE).read_text())
    policy = element("meta", http_equiv="Content-Security-Policy", content=POLICY)
    title = element("title", f"hadrill sabotage: {last_line(matrix)}")
    head = element("head", element("meta", charset="utf-8"), policy, title, element("style", style))
    return f"<!DOCTYPE html>\n{element('html', head, element('body', *_sections(matrix)), lang='en')}\n"


def _sections(matrix: Matrix) -> Iterator[Markup]:
    yield element("header", element("h1", "Sabotages by scenarios"), element("p", last_line(matrix)), _facts(matrix))
    yield from _list("Not as declared", what_does_not_hold(matrix.rows))
    titles = columns(matrix)
    yield element("section", element("h2", "Matrix"), _grid(matrix.rows, titles), _legend(titles))
    yield from _list(NO_SCENARIO, what_is_not_shown(matrix))
    yield from _list(NO_SABOTAGE, what_is_not_tripped(matrix))
    yield from _list(NO_PROMISE, what_is_not_broken(matrix))
    yield from _list(NEVER_BROKEN, matrix.never_broken)
    yield from _list(NEVER_FOUND, what_never_found(matrix))
    yield element("section", element("h2", "Sabotages"), *map(_row, matrix.rows))


def _list(title: str, sentences: Iterable[str]) -> Iterator[Markup]:
    if items := [element("li", each) for each in sentences]:
        yield element("section", element("h2", title), element("ul", *items))


def _facts(matrix: Matrix) -> Markup:
    ended = f" to {_time(matrix.ended)} UTC" if matrix.ended else " UTC, not finished"
    facts = {"time": f"{_time(matrix.started)}{ended}", "drilled": _drilled(matrix)}
    return element("dl", *(part for name, fact in facts.items() for part in (element("dt", name), element("dd", fact))))


def _drilled(matrix: Matrix) -> str:
    if not matrix.whole:
        return "on each the scenarios that must fail; no others were run"
    if not matrix.true_run:
        return "every scenario on each"
    return f"on each every scenario that asks the service for the decision that is changed, by drill {matrix.true_run}"


def _time(utc: str) -> str:
    return utc[:19].replace("T", " ")


def _grid(rows: Sequence[RowResult], titles: Sequence[str]) -> Markup:
    numbers = (element("th", str(number), title=title) for number, title in enumerate(titles, 1))
    head = element("thead", element("tr", element("th", "sabotage"), element("th", "breaks"), *numbers))
    body = element("tbody", *(_signs(row, titles) for row in rows))
    return element("table", head, body, class_="matrix")


def _signs(row: RowResult, titles: Sequence[str]) -> Markup:
    there = {cell.scenario: cell for cell in row.cells}
    cells = (_sign(there[title]) if title in there else element("td") for title in titles)
    return element("tr", element("td", row.sabotage, class_="name"), element("td", row.breaks, class_="name"), *cells)


def _sign(cell: CellResult) -> Markup:
    return element(
        "td", SIGNS[cell.outcome], class_=_class(cell.outcome), title=f"{cell.outcome.value}: {cell.scenario}"
    )


def _class(outcome: Outcome) -> str:
    return outcome.name.lower().replace("_", "-")


def _legend(titles: Sequence[str]) -> Markup:
    signs = ", ".join(f"{sign} {outcome.value}" for outcome, sign in SIGNS.items())
    return element("div", element("p", signs, class_="faint"), element("ol", *(element("li", each) for each in titles)))


def _row(row: RowResult) -> Markup:
    told = (f"{row.why}; {row.changed}" if row.why else row.changed, f"{in_short(row)} ({row.seconds:.0f} s)")
    return element(
        "div",
        element("h3", row.sabotage),
        *(element("p", line) for line in told),
        *([element("p", element("a", row.run, href=f"{row.run}/{SUMMARY}"))] if row.run else []),
        element("ul", *_told(row.cells)),
    )


def _told(cells: Iterable[CellResult]) -> Iterator[Markup]:
    for cell in cells:
        if cell.outcome not in {Outcome.PASSED, Outcome.NEVER_ASKS}:
            yield element("li", sentence(cell), class_=_class(cell.outcome))
