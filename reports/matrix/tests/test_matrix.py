"""The matrix as data, as text and as a page."""

import json
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from hadrill.harness.sabotage.entry import Sabotage
from hadrill.harness.sabotage.judge import NOT_CHOSEN, Outcome
from hadrill.reports.matrix.page import page
from hadrill.reports.matrix.publish import publish_matrix
from hadrill.reports.matrix.rows import never_broken, never_found, row_of
from hadrill.reports.matrix.schema import CellResult, Matrix, RowResult
from hadrill.reports.matrix.text import COLUMNS, matrix_text, print_matrix
from hadrill.reports.matrix.wording import in_short, sentence
from hadrill.reports.offline import foreign_loads
from hadrill.reports.result import build_result
from hadrill.reports.tests.sample_run import write_mixed

SCHEMA = Path(__file__).parents[1] / "matrix.schema.json"
LATE = "The primary is killed while replication is held back"
KILLED = "The primary is killed under load"


def broken(must: dict[str, tuple[str, ...]]) -> Sabotage:
    """A sabotage of the sample run's service."""
    return Sabotage("nobody-waits", "HA-3", "wait_for_secondary", False, "writes are lost", must, {})


def row(*cells: CellResult, name: str = "nobody-waits", code: int = 0) -> RowResult:
    """One made by hand."""
    return RowResult(
        sabotage=name,
        breaks="HA-3",
        decision="wait_for_secondary",
        changed="wait_for_secondary is false",
        value=False,
        why="writes are lost",
        run="20261121T080000Z-ab12",
        seconds=21.4,
        exit_code=code,
        cells=cells,
    )


def cell(scenario: str, outcome: Outcome, reason: str = "") -> CellResult:
    """One made by hand; it must fail by lost writes."""
    found = {Outcome.CAUGHT: ("lost writes",), Outcome.OTHER_REASON: ("equality",), Outcome.BROKEN: ("outage",)}
    free = {Outcome.BROKEN, Outcome.ALLOWED, Outcome.PASSED, Outcome.NEVER_ASKS}
    expected = () if outcome in free else ("lost writes",)
    return CellResult(
        scenario=scenario, outcome=outcome, expected=expected, found=found.get(outcome, ()), reason=reason
    )


def matrix(*rows: RowResult, scenarios: tuple[str, ...], ended: str | None = "2026-11-21T09:00:00+00:00") -> Matrix:
    """Of those rows."""
    return Matrix(
        started="2026-11-21T08:00:00+00:00",
        ended=ended,
        whole=False,
        asked=tuple(each.sabotage for each in rows),
        exit_code=max(each.exit_code for each in rows),
        scenarios=scenarios,
        rows=rows,
    )


MIXED = matrix(
    row(cell("First", Outcome.CAUGHT), cell("Second", Outcome.OTHER_REASON, "2 rows differ"), code=1),
    row(cell("First", Outcome.MISSED), cell("Third", Outcome.BROKEN, "took 9 s"), name="one-rack", code=1),
    row(cell("Second", Outcome.CAUGHT), cell("Fourth", Outcome.PASSED), name="no-patience"),
    scenarios=("First", "Second", "Third", "Fourth"),
)


def test_a_row_is_judged_by_the_checks_that_a_run_found(mixed_run: Path) -> None:
    """The sample run lost writes where replication was held back, and passed a kill."""
    made = row_of(broken({LATE: ("lost writes",), KILLED: ("outage",)}), build_result(mixed_run), 7.06, finished=True)
    outcomes = {each.scenario: each.outcome for each in made.cells}
    assert (outcomes[LATE], outcomes[KILLED]) == (Outcome.CAUGHT, Outcome.MISSED)
    assert (made.exit_code, made.run, made.seconds) == (1, mixed_run.name, 7.1)
    other = row_of(broken({LATE: ("equality",)}), build_result(mixed_run), 7.0, finished=True)
    assert other.cells[0].outcome is Outcome.OTHER_REASON


def test_nothing_is_made_of_a_run_that_was_not_finished(tmp_path: Path) -> None:
    """What it did not reach might have passed."""
    write_mixed(tmp_path / "run", closed=False)
    made = row_of(broken({LATE: ("lost writes",)}), build_result(tmp_path / "run"), 7.0, finished=False)
    assert (made.exit_code, [each.outcome for each in made.cells]) == (3, [Outcome.NOT_RUN])


def test_few_scenarios_are_columns_by_number() -> None:
    """A sign in each; a scenario that merely passed takes no room."""
    lines = [line.strip() for line in matrix_text(MIXED, {}).splitlines()]
    assert [line.split() for line in lines if line.startswith(("sabotage", "nobody", "one", "no-p"))] == [
        ["sabotage", "breaks", "1", "2", "3"],
        ["nobody-waits", "HA-3", "C", "O"],
        ["one-rack", "HA-3", "M", "B"],
        ["no-patience", "HA-3", "C"],
    ]
    assert ["1", "First"] in [line.split() for line in lines]
    assert "C caught, M missed, O caught for another reason, B failed though it must pass" in lines


def test_many_scenarios_leave_a_line_for_each_sabotage() -> None:
    """With how many caught it, within 100 columns."""
    titles = tuple(f"Scenario {number}" for number in range(30))
    cells = [cell(title, Outcome.CAUGHT) for title in titles[1:]]
    text = matrix_text(matrix(row(cell(titles[0], Outcome.MISSED), *cells, code=1), scenarios=titles), {})
    assert "nobody-waits HA-3 caught by 29 of 30 (lost writes), missed by 1" in " ".join(text.split())
    assert max(map(len, text.splitlines())) <= COLUMNS


def test_what_is_not_as_declared_is_told() -> None:
    """By sabotage and scenario, with what was expected and what was found; how many were caught comes last."""
    text = " ".join(matrix_text(MIXED, {"matrix": Path("/runs/matrix.json")}).split())
    for told in (
        "nobody-waits: 'Second' failed by equality, not by lost writes: 2 rows differ",
        "one-rack: 'First' passed, and should have failed by lost writes",
        "one-rack: 'Third' failed by outage, and must pass: took 9 s",
        "matrix /runs/matrix.json",
    ):
        assert told in text
    assert text.endswith("hadrill: 1 of 3 sabotages caught as declared (64 s)")


def test_who_fails_by_one_check_of_two_is_told_the_other() -> None:
    """What was found is not said to be missing."""
    half = cell("Second", Outcome.OTHER_REASON).model_copy(update={"expected": ("equality", "lag")})
    assert sentence(half) == "'Second' failed by equality, not by lag"


def test_what_no_scenario_can_show_is_told_with_the_reason() -> None:
    """On the terminal and on the page; silence would read as if everything were shown."""
    reasons = {"not_shown": {"requires_version": "no server is so old"}, "not_tripped": {"proofs": "no findings"}}
    told = MIXED.model_copy(update=reasons)
    text = " ".join(matrix_text(told, {}).split())
    assert "requires_version: no server is so old" in text
    assert "Checks by which no scenario has to fail - proofs: no findings" in text
    assert "<li>requires_version: no server is so old</li>" in page(told)
    assert "<li>proofs: no findings</li>" in page(told)
    assert "has to fail" not in matrix_text(MIXED, {}) + page(MIXED)
    assert "can show" not in matrix_text(MIXED, {}) + page(MIXED)


def test_promises_that_held_whatever_was_broken_are_told() -> None:
    """One that did not hold on any of the services is not, nor one of which it is said why none breaks it."""
    first = row(cell("First", Outcome.CAUGHT)).model_copy(update={"broken": ("no write is lost",)})
    promises = ("no write is lost", "it is listed", "writes were in flight")
    assert never_broken(promises, (first, row()), {"writes were in flight"}) == ("it is listed",)
    told = {"never_broken": ("it is listed",), "promises_not_broken": {"writes were in flight": "it only doubts"}}
    both = MIXED.model_copy(update=told)
    text = " ".join(matrix_text(both, {}).split())
    assert "Promises that no sabotage breaks - writes were in flight: it only doubts" in text
    assert "Promises that no sabotage broke, and nothing says why - it is listed" in text
    assert "sabotages caught as declared, 1 promises never broken (64 s)" in text
    assert "<li>it is listed</li>" in page(both)
    assert "Promises" not in matrix_text(MIXED, {}) + page(MIXED)


def test_checks_that_found_nothing_in_a_scenario_are_told() -> None:
    """One that found something on any of the services is not, nor one of which it is said why none can trip it."""
    rows = (row(cell("First", Outcome.CAUGHT)), row(cell("First", Outcome.PASSED), cell("Second", Outcome.BROKEN)))
    judged = {"First": ("lost writes", "outage", "proofs"), "Second": ("outage",)}
    assert never_found(judged, rows, {"proofs"}) == {"First": ("outage",)}
    told = MIXED.model_copy(update={"never_found": {"First": ("outage", "lag")}})
    assert "- First: outage, lag" in matrix_text(told, {})
    assert "<li>First: outage, lag</li>" in page(told)
    assert "whatever was broken" not in matrix_text(MIXED, {}) + page(MIXED)


def test_who_never_asks_for_the_decision_is_counted() -> None:
    """And named nowhere else; the page says what showed it."""
    told = matrix(row(cell("First", Outcome.CAUGHT), cell("Second", Outcome.NEVER_ASKS)), scenarios=("First", "Second"))
    told = told.model_copy(update={"whole": True, "true_run": "20261121T075000Z-cd34"})
    assert "caught by 1 of 1 (lost writes), 1 never ask for the decision" in in_short(told.rows[0])
    assert "on each every scenario that asks the service for the decision that is changed" in page(told)
    assert "Second" not in matrix_text(told, {}) + page(told)


def test_without_a_terminal_it_is_plain_text() -> None:
    """No escape sequence, a hundred columns."""
    out = StringIO()
    print_matrix(MIXED, {}, Console(file=out))
    assert "\x1b" not in out.getvalue()
    assert max(map(len, out.getvalue().splitlines())) <= COLUMNS


def test_the_page_tells_all_and_loads_nothing() -> None:
    """Signs with their titles, reasons, and what was changed."""
    text = page(MIXED)
    for told in (
        '<td class="missed" title="missed: First">M</td>',
        "2 rows differ",
        "wait_for_secondary is false",
        '<a href="20261121T080000Z-ab12/summary.html">',
        "2026-11-21 08:00:00 to 2026-11-21 09:00:00 UTC",
    ):
        assert told in text
    assert foreign_loads(text) == ()


def test_what_others_supply_is_only_text() -> None:
    """A title and a reason that are markup are shown, never run."""
    hostile = "<script>alert('x')</script>"
    text = page(matrix(row(cell(hostile, Outcome.MISSED, hostile), code=1), scenarios=(hostile,)))
    assert "<script" not in text
    assert "&lt;script&gt;" in text


@pytest.mark.parametrize("ended", ["2026-11-21T09:00:00+00:00", None])
def test_one_that_was_not_finished_says_so(ended: str | None) -> None:
    """Nobody should take a part for the whole."""
    told = matrix(row(cell("First", Outcome.CAUGHT)), scenarios=("First",), ended=ended)
    assert [("not finished" in text) is (ended is None) for text in (page(told), matrix_text(told, {}))] == [True, True]


def test_it_is_written_down_for_machines_and_for_people(tmp_path: Path) -> None:
    """What is read back is what was written; both files are their owner's alone."""
    files = publish_matrix(tmp_path, MIXED)
    assert Matrix.model_validate_json(files["matrix"].read_text()) == MIXED
    assert {path.name: path.stat().st_mode & 0o777 for path in files.values()} == {
        "matrix.json": 0o600,
        "matrix.html": 0o600,
    }


def test_the_schema_file_describes_what_is_written() -> None:
    """After a change of the model: ``make schema`` writes it anew, and the version is raised if readers would break."""
    assert json.loads(SCHEMA.read_text()) == Matrix.model_json_schema()


def test_what_must_fail_and_did_not_run_is_told() -> None:
    """With why, beside what does not hold: the sabotage is not caught as declared."""
    some = matrix(
        row(cell("First", Outcome.CAUGHT), cell("Second", Outcome.NOT_RUN, NOT_CHOSEN), code=2), scenarios=("First",)
    )
    text = " ".join(matrix_text(some, {}).split())
    assert f"'Second' did not run, and should have failed by lost writes: {NOT_CHOSEN}" in text
    assert "0 of 1 sabotages caught as declared" in text
    assert in_short(some.rows[0]) == "caught by 1 of 2 (lost writes), 1 did not run"


def test_what_need_not_fail_and_did_not_run_is_not_told() -> None:
    """It says nothing of the sabotage."""
    beside = CellResult(scenario="Third", outcome=Outcome.NOT_RUN, expected=(), found=(), reason="it cannot")
    some = matrix(row(cell("First", Outcome.CAUGHT), beside), scenarios=("First", "Third"))
    assert "did not run" not in matrix_text(some, {})
