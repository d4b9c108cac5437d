"""Sabotages in a file of a user's own."""

from pathlib import Path
from textwrap import dedent, indent

import pytest

from hadrill.harness.errors import WrongCall
from hadrill.harness.sabotage.catalogue import catalogue, sabotage, sabotages
from hadrill.harness.sabotage.entry import Sabotage
from hadrill.harness.sabotage.form import read_sabotages

ENTRY = """\
    decision: fails_over
    value: false
    must:
      outage: A zone is lost
"""


def written(folder: Path, entry: str, name: str = "sleepy") -> Path:
    """A file with one sabotage."""
    path = folder / "own.yaml"
    path.write_text(f"version: 1\nsabotages:\n  {name}:\n{indent(dedent(entry), '    ')}")
    return path


def test_the_least_that_a_sabotage_says(tmp_path: Path) -> None:
    """Decision, value, and who must catch it by what."""
    assert read_sabotages(written(tmp_path, ENTRY)) == (
        Sabotage("sleepy", "", "fails_over", False, "", {"A zone is lost": ("outage",)}, {}),
    )


def test_all_that_a_sabotage_says(tmp_path: Path) -> None:
    """A scenario under several checks, all of which must find something; what may fail besides; what must, must."""
    entry = """\
        breaks: HA-4
        decision: fails_over
        value: off
        why: nobody takes over
        must:
          outage: [A zone is lost, The primary loses its process]
          stays down: [A zone is lost]
        may:
          one of them is a pair: [Both lose the process of their primary, A zone is lost]
    """
    (read,) = read_sabotages(written(tmp_path, entry))
    assert (read.breaks, read.value, read.why) == ("HA-4", False, "nobody takes over")
    assert (read.must, read.may) == (
        {"A zone is lost": ("outage", "stays down"), "The primary loses its process": ("outage",)},
        {"Both lose the process of their primary": "one of them is a pair"},
    )


def test_a_change_of_a_user_s_own_is_a_function_beside_the_file(tmp_path: Path) -> None:
    """It is looked for, and not run."""
    (tmp_path / "own.py").write_text("raise SystemExit\n\ndef sleeps():\n    pass\n")
    (read,) = read_sabotages(written(tmp_path, "change: own.py:sleeps\nmust: {outage: A zone is lost}\n"))
    assert (read.decision, read.change, read.changed) == ("", f"{tmp_path}/own.py:sleeps", "own.py:sleeps")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("own.py:wakes", "own.py has no function 'wakes'; it has: sleeps$"),
        ("none.py:sleeps", "none.py cannot be read as Python: .*No such file"),
        ("bad.py:sleeps", "bad.py cannot be read as Python: "),
        ("own.py", "change: String should match pattern"),
        ("own.py:sleeps\nvalue: true", "needs a decision and its value, or in place of both a change"),
        ('""', "needs a decision and its value, or in place of both a change"),
    ],
)
def test_a_function_that_is_not_there_is_refused(tmp_path: Path, change: str, told: str) -> None:
    """Before anything is drilled."""
    (tmp_path / "own.py").write_text("def sleeps():\n    pass\n")
    (tmp_path / "bad.py").write_text("def sleeps(")
    with pytest.raises(WrongCall, match=told):
        read_sabotages(written(tmp_path, f"change: {change}\nmust: {{outage: A zone is lost}}\n"))


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ("decision: fails_over\nvalue: false\n", r"own\.yaml:3: sabotages\.sleepy\.must: Field required"),
        ("decision: fails_over\nvalue: false\nmust: {}\n", r"own\.yaml:6: .*at least 1 item"),
        ("decision: fails_over\nvalue: false\nmust: {outage: []}\n", r"own\.yaml:6: .*at least 1 item"),
        ("decision: fails_over\nvalue: slowly\nmust: {outage: A}\n", r"own\.yaml:5: .*boolean.*'slowly'"),
        (f"{dedent(ENTRY)}musst: {{outage: A}}\n", "musst: Extra inputs are not permitted"),
    ],
)
def test_a_file_that_is_not_of_the_form_is_refused(tmp_path: Path, entry: str, told: str) -> None:
    """By file, line and field."""
    with pytest.raises(WrongCall, match=told):
        read_sabotages(written(tmp_path, entry))


def test_a_name_that_a_command_could_not_take_is_refused(tmp_path: Path) -> None:
    """Lower-case words with hyphens."""
    with pytest.raises(WrongCall, match="'Sleepy one'"):
        read_sabotages(written(tmp_path, ENTRY, "Sleepy one"))


def test_own_sabotages_stand_beside_those_of_hadrill(tmp_path: Path) -> None:
    """By name, after them."""
    path = written(tmp_path, ENTRY)
    assert [each.name for each in sabotages(path)] == [*(each.name for each in catalogue()), "sleepy"]
    assert sabotage("sleepy", path).decision == "fails_over"
    assert sabotage("one-rack", path).decision == "racks_apart"


def test_a_name_that_is_taken_is_refused(tmp_path: Path) -> None:
    """Who says it must mean one service."""
    with pytest.raises(WrongCall, match="'one-rack' is the name of a sabotage that comes with hadrill"):
        sabotages(written(tmp_path, ENTRY, "one-rack"))
