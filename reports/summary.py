"""``summary.html``: one self-contained page of our own, for machines without Node and for print."""

from base64 import b64encode
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from hadrill.harness.model.verdict import Verdict
from hadrill.reports.figures import Figure, figures
from hadrill.reports.files import write_private
from hadrill.reports.markup import Markup, element
from hadrill.reports.schema import ClauseResult, Result, RunResult, ScenarioResult
from hadrill.reports.timeline import Picture

SUMMARY: Final = "summary.html"
STYLE: Final = "summary.css"
POLICY: Final = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"


def write_summary(folder: Path, result: Result, pictures: Sequence[Picture] = ()) -> Path:
    """Write ``summary.html`` into the run's folder.

    Args:
        folder: of the run.
        result: what it found.
        pictures: timelines, put into the page itself.
    """
    return write_private(folder / SUMMARY, page(result, {one.scenario: one.png.read_bytes() for one in pictures}))


def page(result: Result, pictures: dict[str, bytes]) -> str:
    """The page as text; everything that servers, users and features supply is escaped.

    Args:
        result: what the run found.
        pictures: PNG files by scenario id.
    """
    style = Markup(Path(__file__).with_name(STYLE).read_text())
    policy = element("meta", http_equiv="Content-Security-Policy", content=POLICY)
    title = element("title", f"hadrill {result.run.name}: {result.verdict.value}")
    head = element("head", element("meta", charset="utf-8"), policy, title, element("style", style))
    body = element("body", *_sections(result, pictures))
    return f"<!DOCTYPE html>\n{element('html', head, body, lang='en')}\n"


def _sections(result: Result, pictures: dict[str, bytes]) -> Iterable[Markup]:
    yield _heading(result)
    yield from _section("Clauses", [_clauses(result.clauses)] if result.clauses else [])
    yield from _section("Scenarios", [_scenarios(result.scenarios)] if result.scenarios else [])
    yield from _section("Findings", _list(_findings(result)))
    told = {one.id: one.title for one in result.scenarios}
    yield from _section("Timelines", [_figure(told.get(name, name), png) for name, png in pictures.items()])
    yield from _section("Not addressed", _list(f"{one.clause}: {one.reason}" for one in result.not_addressed))
    yield from _section("Warnings", _list(result.warnings))


def _section(heading: str, content: Sequence[Markup]) -> Iterable[Markup]:
    if content:
        yield element("section", element("h2", heading), *content)


def _heading(result: Result) -> Markup:
    run = result.run
    facts = {
        "verdict": _verdict("span", result.verdict),
        "time": f"{_time(run.started)} to {_time(run.ended)} UTC" if run.ended else f"{_time(run.started)} UTC",
        "seed": str(run.seed),
        "environment": run.environment,
        "server files": run.server_files,
        "side by side": f"up to {run.jobs} scenarios that judge no time" if run.jobs > 1 else "",
        "versions": ", ".join(f"{name} {version}" for name, version in run.versions.items()),
        "objectives": f"sha256 {run.objectives_sha256}",
    }
    rows = [part for name, fact in facts.items() if fact for part in (element("dt", name), element("dd", fact))]
    return element("header", element("h1", f"Drill {run.name}"), *_notices(run), element("dl", *rows))


def _time(utc: str) -> str:
    """To the second, as people write it."""
    return utc[:19].replace("T", " ")


def _notices(run: RunResult) -> Iterable[Markup]:
    if not run.finished:
        yield element("p", "This run was not finished: what it did not reach is unknown.", class_="notice")
    if run.sabotage:
        yield element("p", f"The service was broken on purpose: {run.sabotage}.", class_="notice")


def _verdict(name: str, verdict: Verdict, **attributes: str) -> Markup:
    return element(name, verdict.value, class_=f"verdict {verdict.value.replace(' ', '-')}", **attributes)


def _table(columns: Sequence[str], rows: Iterable[Markup]) -> Markup:
    head = element("thead", element("tr", *(element("th", name) for name in columns)))
    return element("table", head, element("tbody", *rows))


def _clauses(clauses: dict[str, ClauseResult]) -> Markup:
    columns = ("clause", "promise", "measured", "", "objective", "verdict")
    return _table(columns, (row for name, clause in clauses.items() for row in _clause(name, clause)))


def _clause(name: str, clause: ClauseResult) -> Iterable[Markup]:
    """As many rows as there are figures, the clause itself beside them all."""
    lines = figures(clause.measures) or (Figure("", "", "", None),)
    where = element("div", f"{clause.document}, {clause.section}", class_="faint")
    span = str(len(lines))
    first = [
        element("td", name, class_="name", rowspan=span),
        element("td", clause.title, where, rowspan=span),
        *_cells(lines[0]),
        _verdict("td", clause.verdict, rowspan=span),
    ]
    yield element("tr", *first)
    yield from (element("tr", *_cells(line)) for line in lines[1:])


def _cells(figure: Figure) -> Sequence[Markup]:
    style = "number fail" if figure.within is False else "number"
    return (
        element("td", figure.name),
        element("td", figure.value, class_=style),
        element("td", figure.limit, class_="limit"),
    )


def _scenarios(scenarios: Iterable[ScenarioResult]) -> Markup:
    return _table(("scenario", "clauses", "seconds", "verdict"), map(_scenario, scenarios))


def _scenario(scenario: ScenarioResult) -> Markup:
    alone = ", judges a time" if scenario.timed else ""
    place = element("div", f"{scenario.feature}:{scenario.line}{alone}", class_="faint")
    reason = [element("div", scenario.reason)] if scenario.reason else []
    return element(
        "tr",
        element("td", scenario.title, place, *reason),
        element("td", ", ".join(scenario.clauses), class_="name"),
        element("td", "" if scenario.seconds is None else f"{scenario.seconds:.1f}", class_="seconds"),
        _verdict("td", scenario.verdict),
    )


def _findings(result: Result) -> Iterable[str]:
    found = (finding for clause in result.clauses.values() for finding in clause.findings)
    return (f"{one.scenario}, {one.check or 'its steps'}: {one.sentence}" for one in found)


def _list(lines: Iterable[str]) -> Sequence[Markup]:
    """The lines, each once; nothing where there is none."""
    items = [element("li", line) for line in dict.fromkeys(lines)]
    return [element("ul", *items)] if items else []


def _figure(title: str, png: bytes) -> Markup:
    return element("figure", element("img", alt=title, src=f"data:image/png;base64,{b64encode(png).decode()}"))
