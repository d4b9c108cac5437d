"""Allure's page, made by the real Allure, and what happens without it."""

import json
import os
import re
import sys
from base64 import b64decode
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from hadrill.environments.parts.locate import locate_allure
from hadrill.environments.parts.progress import Quiet
from hadrill.environments.parts.settings import PartSettings
from hadrill.harness.errors import HarnessTrouble
from hadrill.reports.allure_html import make_html
from hadrill.reports.allure_labels import plain
from hadrill.reports.offline import foreign_loads

HOSTILE = "<script src='https://evil.example/x.js'></script>"
MARKDOWN = "![x](https://evil.example/x.png) **bold** [a](https://evil.example) <https://evil.example> &lt;b&gt;"
ENDS_S = 60.0
"""Generous: for programs that end by themselves."""
EMBEDDED = re.compile(r'd\("([^"]+)","([^"]*)"\)')


@pytest.fixture
def run(mixed_run: Path) -> Path:
    """A run with a result of Allure's whose name, description, step and message come from somebody hostile."""
    results = mixed_run / "allure-results"
    results.mkdir()
    details = {"message": f"the server said {HOSTILE}"}
    result = {"uuid": "1", "name": HOSTILE, "fullName": "x", "status": "failed", "statusDetails": details}
    step = {"name": HOSTILE, "status": "failed", "start": 1_700_000_000_000, "stop": 1_700_000_000_001}
    more: dict[str, Any] = {"description": plain(HOSTILE + MARKDOWN), "steps": [step]}
    times = {"start": 1_700_000_000_000, "stop": 1_700_000_001_000}
    attachment = {"name": HOSTILE, "source": "1-attachment.txt", "type": "text/plain"}
    (results / "1-attachment.txt").write_text(HOSTILE)
    (results / "1-result.json").write_text(json.dumps(result | more | times | {"attachments": [attachment]}))
    return mixed_run


def real_page(run: Path) -> Path:
    """As the real Allure makes it."""
    allure = locate_allure(PartSettings.from_environ(os.environ, fetch=False), Quiet())
    if allure is None:
        pytest.skip("Allure is not in the cache")
    return make_html(run, allure.argv)


@pytest.mark.e2e
def test_the_real_page_loads_nothing_foreign(run: Path) -> None:
    """One file, readable by its owner alone; no analytics host, and what a server supplied is no element."""
    page = real_page(run)
    text = page.read_text()
    assert () == foreign_loads(text)
    assert not [word for word in ("googletagmanager", "gtag(", HOSTILE) if word in text]
    assert (run / "allure.html", 0o600) == (page, page.stat().st_mode & 0o777)
    assert "Content-Security-Policy" in text


@pytest.mark.e2e
def test_what_is_supplied_is_text_on_the_real_page(run: Path) -> None:
    """The one field that is rendered as HTML has no element, and reads as what was written; all else stays data."""
    (shown,) = (one for one in embedded(real_page(run)) if one.get("descriptionHtml"))
    reader = Reader()
    reader.feed(shown["descriptionHtml"])
    assert (reader.elements, "".join(reader.said).strip()) == (["p"], HOSTILE + MARKDOWN)
    assert (shown["name"], shown["steps"][0]["name"]) == (HOSTILE, HOSTILE)
    assert HOSTILE in json.dumps(shown)


class Reader(HTMLParser):
    """Sees which elements there are, and what is said."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.said: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 - as the base has it
        """An element begins."""
        self.elements.append(tag)

    def handle_data(self, data: str) -> None:
        """Text, with what was escaped as it reads."""
        self.said.append(data)


def embedded(page: Path) -> Iterator[dict[str, Any]]:
    """The objects that the page has in it, each in base64."""
    found = dict(EMBEDDED.findall(page.read_text()))
    assert found
    for name, value in found.items():
        if name.endswith(".json") and isinstance(told := json.loads(b64decode(value)), dict):
            yield told


@pytest.mark.parametrize(
    ("allure", "timeout_s", "expected"),
    [
        (("/no/such/allure",), ENDS_S, "Allure could not be run as /no/such/allure: there is no such program"),
        (
            (sys.executable, "-c", "raise SystemExit('no room')"),
            ENDS_S,
            "Allure made no report; it ended with 1 and said: no room",
        ),
        (
            (
                sys.executable,
                "-c",
                r"raise SystemExit('\x1b[31mno\x1b[0m room\n    at main (cli.js:1)\n\nNode.js v20')",
            ),
            ENDS_S,
            "Allure made no report; it ended with 1 and said: no room$",
        ),
        (
            (sys.executable, "-c", "import os; raise SystemExit(os.environ['HOME'])"),
            ENDS_S,
            "it ended with 1 and said: .*/20261121-080000-ab12/.allure-",
        ),
        ((sys.executable, "-c", "input()"), ENDS_S, "Allure made no report; it ended with 1"),
        ((sys.executable, "-c", "while True: pass"), 0.5, r"Allure's report was not done within 0\.5 s"),
    ],
    ids=["absent", "failing", "colourful", "not at home", "asking", "endless"],
)
def test_an_allure_that_makes_no_report_is_told(
    run: Path, allure: tuple[str, ...], timeout_s: float, expected: str
) -> None:
    """A sentence that says what came back; no page is left half made."""
    with pytest.raises(HarnessTrouble, match=expected):
        make_html(run, allure, timeout_s=timeout_s)
    assert not list(run.glob("allure.html*"))


def test_without_results_there_is_no_report(mixed_run: Path) -> None:
    """Allure is not even started."""
    with pytest.raises(HarnessTrouble, match="there are no results in"):
        make_html(mixed_run, ("/no/such/allure",))


def test_a_page_that_would_load_something_foreign_is_not_kept(run: Path) -> None:
    """Should Allure find another way to call home, there is no report rather than one that calls."""
    program = (
        "import json, pathlib, sys; out = pathlib.Path(json.load(open(sys.argv[3]))['output']); out.mkdir(); "
        "(out / 'index.html').write_text('<html><head></head><img src=https://evil.example/x.png></html>')"
    )
    with pytest.raises(HarnessTrouble, match=r"its page would load https://evil\.example/x\.png"):
        make_html(run, (sys.executable, "-c", program))
    assert not list(run.glob("allure.html*"))
