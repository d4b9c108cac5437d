"""``hadrill fault`` where nothing is up."""

import json

import pytest
from rich.console import Console

from hadrill.harness.cli.fault import options_from
from hadrill.harness.cli.fault_table import fault_table, option_table
from hadrill.harness.cli.main import main
from hadrill.harness.errors import WrongCall
from hadrill.harness.faults.catalogue import CATALOGUE


def test_every_fault_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    """With what it is aimed at."""
    assert main(["fault", "list"]) == 0
    told = capsys.readouterr().out
    assert [each.name for each in CATALOGUE if f"{each.name} {each.takes.upper()} " not in told] == []


def test_the_table_has_everything() -> None:
    """Nothing is cut off, however narrow the terminal."""
    console = Console(width=80)
    with console.capture() as capture:
        console.print(fault_table(CATALOGUE))
    words = set(capture.get().split())
    assert {word for each in CATALOGUE for word in each.heal.split() if len(word) < 12} <= words


def test_every_option_is_explained() -> None:
    """What it means, between which numbers, and of which fault where that makes a difference."""
    console = Console(width=400)
    with console.capture() as capture:
        console.print(option_table(CATALOGUE))
    rows = [[cell.strip() for cell in line.split("│")[1:-1]] for line in capture.get().splitlines() if "│" in line]
    assert {option.meaning for each in CATALOGUE for option in each.options} == {
        meaning.partition(" (between")[0] for _, meaning, _ in rows
    }
    assert ["times=30", "cuts at most (between 1 and 1000)", "each that takes it"] in rows
    assert [takers for name, _, takers in rows if name.startswith("latency_ms=")] == [
        "rack-slow, link-slow",
        "replication-held",
    ]


def test_the_list_has_both_tables(capsys: pytest.CaptureFixture[str]) -> None:
    """Options stand below the faults that take them."""
    assert main(["fault", "list"]) == 0
    told = capsys.readouterr().out
    assert 0 < told.index("fault, and what it is aimed at") < told.index("cuts at most")


def test_the_list_is_there_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    """All of it."""
    assert main(["fault", "list", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert [(each["name"], each["heal"]) for each in listed] == [(each.name, each.heal) for each in CATALOGUE]
    assert listed[0]["options"][0]["name"] == "for_s"


def test_options_are_read() -> None:
    """A value may hold what separates."""
    assert options_from(["latency_ms=20", "note=a=b"]) == {"latency_ms": "20", "note": "a=b"}


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["latency_ms"], "--option 'latency_ms' cannot be read; an option is KEY=VALUE"),
        (["=20"], "--option '=20' cannot be read"),
        (["times="], "--option 'times=' cannot be read"),
        (["times=1", "times=2"], "--option times is given twice"),
    ],
)
def test_an_option_that_cannot_be_read_is_refused(words: list[str], why: str) -> None:
    """Before anything breaks."""
    with pytest.raises(WrongCall, match=why):
        options_from(words)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["fault"], "the following arguments are required: WHAT"),
        (["fault", "inject", "process-killed"], "the following arguments are required: TARGET"),
        (["fault", "inject", "process-killed", "a1"], "nothing is up; 'hadrill up ha' brings it up"),
        (["fault", "heal", "--topology", "basic"], "basic is not up; 'hadrill up basic' brings it up"),
        (["fault", "heal", "--topology", "hq"], "there is no topology 'hq'"),
    ],
)
def test_a_call_that_nothing_can_come_of_is_told(
    arguments: list[str],
    message: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """Exit code 4 and a sentence."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
    assert main(arguments) == 4
    assert message in capsys.readouterr().err
