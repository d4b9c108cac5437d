"""The closing table as a person reads it."""

import re
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path

from rich.console import Console

from hadrill.reports.result import build_result
from hadrill.reports.table import print_table, table_text


def test_each_clause_has_its_promise_measures_objective_and_verdict(mixed_run: Path) -> None:
    """One row a clause, measures stacked in it."""
    lines = table_text(build_result(mixed_run), {}).splitlines()
    row = next(line for line in lines if line.startswith(" HA-4"))
    assert all(
        part in row for part in ("A faulty primary", "time to writes again", "0.603 s ± 0.012", "<= 3 s", "fail")
    )
    assert any("acknowledged writes lost" in line and "3 rows  <= 0 rows" in line for line in lines)


def test_what_did_not_pass_and_what_was_not_addressed_is_told_with_reasons(mixed_run: Path) -> None:
    """Each with the sentence that explains it; where the reports are; the verdict last."""
    text = " ".join(table_text(build_result(mixed_run), {"result": Path("/runs/result.json")}).split())
    for sentence in (
        "replication is held back (HA-4; features/ha/failover.feature:7): 3 acknowledged writes are missing",
        "no verdict: The primary freezes (HA-4; features/ha/failover.feature:7): the load process stalled for 2.1 s",
        "HA-11: only MySQL is built here",
        "result /runs/result.json",
    ):
        assert sentence in text
    assert re.search(r"hadrill: fail \(4 of 5 scenarios in \d+ s, seed 42\)$", text)


def test_what_is_not_addressed_is_no_matter_of_a_broken_service(mixed_run: Path) -> None:
    """A matrix is made of dozens of such runs, and none of them shows a promise."""
    result = build_result(mixed_run)
    broken = result.model_copy(update={"run": result.run.model_copy(update={"sabotage": "nobody-waits"})})
    assert "HA-11: only MySQL" not in table_text(broken, {})


def test_the_end_of_a_log_says_what_did_not_pass(mixed_run: Path) -> None:
    """Warnings and paths stand above it: a CI system often shows no more than the last lines."""
    result = build_result(mixed_run).model_copy(update={"warnings": ("an old HAProxy",)})
    text = table_text(result, {"result": Path("/runs/result.json")})
    order = ("HA-11: only MySQL", "- an old HAProxy", "result.json", "Scenarios that did not pass", "hadrill: fail")
    assert sorted(order, key=text.index) == list(order)


def test_a_scenario_with_hundreds_of_warnings_does_not_hide_the_others(mixed_run: Path) -> None:
    """The first ones are told, and how many more the file has."""
    told = [*(f"left: diverged key {key}" for key in range(100)), "right: diverged key 7", "an old HAProxy"]
    result = build_result(mixed_run).model_copy(update={"warnings": tuple(told)})
    text = table_text(result, {})
    assert "left: diverged key 4\n" in text
    assert "left: diverged key 5\n" not in text
    assert all(f"- {line}\n" in text for line in ("left: and 95 more, in result.json", *told[-2:]))


def test_the_last_line_tells_the_time_that_people_waited(mixed_run: Path) -> None:
    """Scenarios side by side take less than all of theirs together; a run that was not finished has only theirs."""
    result = build_result(mixed_run)
    times = {"started": "2026-11-21T08:00:00.5+00:00", "ended": "2026-11-21T08:01:40+00:00"}
    finished = result.model_copy(update={"run": result.run.model_copy(update=times)})
    unfinished = result.model_copy(
        update={
            "run": result.run.model_copy(update=times | {"ended": None}),
            "scenarios": tuple(one.model_copy(update={"seconds": 8.0}) for one in result.scenarios),
        }
    )
    assert "in 100 s, seed 42)" in table_text(finished, {}).splitlines()[-1]
    assert "in 40 s, seed 42)" in table_text(unfinished, {}).splitlines()[-1]


def test_it_fits_into_a_hundred_columns_without_colour(mixed_run: Path) -> None:
    """No line is longer, and no escape sequence is in it, when there is no terminal."""
    out = StringIO()
    print_table(build_result(mixed_run), {}, Console(file=out))
    assert 100 >= max(len(line) for line in out.getvalue().splitlines())
    assert "\x1b" not in out.getvalue()


def test_a_long_path_is_never_broken(mixed_run: Path) -> None:
    """So that it can be clicked or copied."""
    path = Path("/") / ("long-folder-name/" * 8) / "result.json"
    assert str(path) in table_text(build_result(mixed_run), {"result": path})


def test_a_terminal_of_another_age_gets_characters_that_it_can_write(mixed_run: Path) -> None:
    """The end of a drill never dies of an encoding."""
    raw = BytesIO()
    out = TextIOWrapper(raw, encoding="ascii", write_through=True)
    print_table(build_result(mixed_run), {}, Console(file=out, force_terminal=True))
    assert b"0.603 s ? 0.012" in raw.getvalue()


def test_markup_in_a_reason_is_only_text(mixed_run: Path) -> None:
    """Square brackets from a server's error message are no style."""
    journal = mixed_run / "journal.jsonl"
    journal.write_text(journal.read_text().replace("was not refused", "said [bold]no[/bold] [/]"))
    assert "said [bold]no[/bold] [/]" in " ".join(table_text(build_result(mixed_run), {}).split())
