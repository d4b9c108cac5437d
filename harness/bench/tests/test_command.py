"""The benchmark's command line."""

import json
from pathlib import Path

import pytest

from hadrill.harness.bench.__main__ import main
from hadrill.harness.bench.options import Options, parse


def test_the_defaults_are_those_of_the_readme() -> None:
    """Ten rounds, ten switches, fifty kills, a whole drill."""
    assert Options(10, 10, 50, drill=True, output=Path("hadrill-runs/bench")) == parse([])


def test_small_counts_can_be_asked_for() -> None:
    """For trying."""
    arguments = ["--runs", "2", "--switches", "0", "--kills", "3", "--no-drill", "--output", "x"]
    assert Options(2, 0, 3, drill=False, output=Path("x")) == parse(arguments)


@pytest.mark.parametrize("arguments", [["--kills", "-1"], ["--kills", "many"], ["--no-such"], ["stray"]])
def test_a_wrong_call_ends_with_4_and_one_line(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """It names the argument, and nothing is begun."""
    assert 4 == main(arguments)
    said = capsys.readouterr().err
    assert 1 == said.count("\n")
    assert arguments[0] in said


def test_an_output_that_cannot_be_written_to_ends_with_4(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Before anything is measured."""
    (tmp_path / "file").touch()
    assert 4 == main(["--output", str(tmp_path / "file")])
    assert "choose another --output" in capsys.readouterr().err


@pytest.mark.e2e
def test_pair_and_bare_server_are_measured_in_turn(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One round on real servers: a value each, and their ratio."""
    assert 0 == main(["--runs", "1", "--switches", "1", "--kills", "1", "--no-drill", "--output", str(tmp_path)])
    figures = {each["name"]: each for each in json.loads((tmp_path / "bench.json").read_text(encoding="utf-8"))}
    assert figures["pair ready against one bare server"]["samples"]
    assert 0.0 == figures["failover after kill -9, acknowledged writes lost"]["value"]
    assert 1 == figures["switchover, outage, median"]["runs"]
    assert "pair ready" in capsys.readouterr().out
