"""Our own page: complete, self-contained, escaped."""

from html.parser import HTMLParser
from pathlib import Path

from hadrill.reports.offline import foreign_loads
from hadrill.reports.result import build_result
from hadrill.reports.summary import page, write_summary
from hadrill.reports.tests.sample_run import write_mixed
from hadrill.reports.timeline import draw_timeline

HOSTILE = "<script>alert('x')</script>\"&"


class Reader(HTMLParser):
    """Collects a page's text and the names of its elements."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.elements: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - as inherited
        """An element begins."""
        self.elements.append(tag)

    def handle_data(self, data: str) -> None:
        """Text between elements."""
        self.text += f"{data} "


def read(text: str) -> Reader:
    """The page, read as a browser would."""
    reader = Reader()
    reader.feed(text)
    return reader


def test_it_tells_all_that_the_result_tells(mixed_run: Path) -> None:
    """Clauses, measures, scenarios, findings and reasons."""
    text = read(page(build_result(mixed_run), {})).text
    told = (
        "A faulty primary is replaced without anyone asking",
        "0.603 s ± 0.012",
        "<= 3 s",
        "The primary is killed while replication is held back",
        "ha-4-loss, lost writes: 3 acknowledged writes are missing",
        "HA-11: only MySQL is built here",
        "hadrill 0.1.0, mysql 9.7.4, haproxy 3.2.1",
    )
    assert [] == [sentence for sentence in told if sentence not in text]


def test_what_others_supply_is_only_text(mixed_run: Path) -> None:
    """A title, a reason and a version that are markup are shown, never run."""
    for name in ("plan.json", "journal.jsonl"):
        path = mixed_run / name
        hostile = HOSTILE.replace('"', '\\"')
        path.write_text(path.read_text().replace("The primary freezes", hostile).replace("was not refused", hostile))
    reader = read(page(build_result(mixed_run), {}))
    assert 2 <= reader.text.count(HOSTILE)
    assert "script" not in reader.elements


def test_pictures_are_in_the_page_itself(mixed_run: Path) -> None:
    """Nothing is loaded from anywhere; the file is its owner's."""
    picture = draw_timeline(mixed_run, "ha-4-killed")
    assert picture is not None
    path = write_summary(mixed_run, build_result(mixed_run), [picture])
    text = path.read_text()
    assert 1 == text.count('<img alt="The primary is killed under load" src="data:image/png;base64,')
    assert (() == foreign_loads(text), 0o600) == (True, path.stat().st_mode & 0o777)


def test_an_unfinished_run_says_so_first(tmp_path: Path) -> None:
    """Nobody should take a part for the whole; nor a sabotaged service for a true one."""
    write_mixed(tmp_path / "run", closed=False)
    plan = tmp_path / "run" / "plan.json"
    plan.write_text(plan.read_text().replace('"seed"', '"sabotage": "asynchronous-replication", "seed"'))
    text = read(page(build_result(tmp_path / "run"), {})).text
    assert text.index("was not finished") < text.index("Clauses")
    assert "The service was broken on purpose: asynchronous-replication." in text
