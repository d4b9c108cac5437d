"""Reports of a run whose servers, users and features supply markup, terminal commands and formulas: all is text."""

import re
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from hadrill.harness.sabotage.entry import Sabotage
from hadrill.reports.matrix.rows import row_of
from hadrill.reports.matrix.schema import Matrix
from hadrill.reports.matrix.text import matrix_text
from hadrill.reports.offline import foreign_loads
from hadrill.reports.prose import judgements_text
from hadrill.reports.publish import Published, publish
from hadrill.reports.record import read_record
from hadrill.reports.result import build_result
from hadrill.reports.summary import page
from hadrill.reports.table import print_table, table_text
from hadrill.reports.tests.hostile import COMMANDS, MARKUP, TERMINAL, make_hostile
from hadrill.reports.tests.test_summary import read

ITS_OWN = re.compile(r"\x1b\[[0-9;]*m")
"""Colours, as the table itself says them."""


@pytest.fixture
def published(mixed_run: Path) -> Published:
    """All reports of such a run."""
    make_hostile(mixed_run)
    return publish(mixed_run)


def test_every_report_is_made(published: Published) -> None:
    """A title that is a formula breaks no picture."""
    assert published.warnings == ()
    assert {"result", "summary", "timelines"} <= published.paths.keys()


def test_markup_is_text_on_the_page(mixed_run: Path) -> None:
    """Wherever it stands: titles, reasons, findings, versions, places; the page has the elements that it had."""
    harmless = read(page(build_result(mixed_run), {}))
    make_hostile(mixed_run)
    text = page(build_result(mixed_run), {})
    hostile = read(text)

    assert hostile.text.count(MARKUP) >= 10
    assert hostile.elements == harmless.elements
    assert foreign_loads(text) == ()


def test_the_terminal_gets_no_command(published: Published) -> None:
    """Neither a plain one nor one with colours; a server's words cannot clear the screen or rename the window."""
    reports = {**published.paths, "summary": Path(f"/a{TERMINAL}/summary.html")}
    plain = table_text(published.result, reports)
    coloured = StringIO()
    print_table(published.result, reports, Console(file=coloured, force_terminal=True, width=100, legacy_windows=False))

    assert "[boldred]" in "".join(plain.split())
    assert COMMANDS.findall(plain) == []
    assert COMMANDS.findall(ITS_OWN.sub("", coloured.getvalue())) == []


def test_the_matrix_is_wherever_its_user_wants_it() -> None:
    """The folder's name is shown, too."""
    row = row_of(Sabotage("nobody-waits", "HA-3", "wait_for_secondary", False, "", {}, {}), None, 0.0, finished=True)
    some = Matrix(started="", ended=None, whole=False, asked=(), exit_code=3, scenarios=(), rows=(row,))
    text = matrix_text(some, {"page": Path("/a\x1b[2J/matrix.html")})

    assert COMMANDS.findall(text) == []
    assert "page  /a\\x1b[2J/matrix.html\n" in text


def test_attachments_are_plain_text_without_commands(published: Published, mixed_run: Path) -> None:
    """What Allure shows of the judgements."""
    assert published.warnings == ()
    texts = [judgements_text(scenario) for scenario in read_record(mixed_run).scenarios]

    assert MARKUP in "".join(texts)
    assert [COMMANDS.findall(text) for text in texts if COMMANDS.search(text)] == []
