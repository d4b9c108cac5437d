"""The benchmark's command line."""

import json
from pathlib import Path

import pytest

from hadrill.harness.bench.__main__ import main
from hadrill.harness.bench.figure import Figure
from hadrill.harness.bench.options import PARTS, parse
from hadrill.harness.bench.paper import read_sheets, write_sheets
from hadrill.harness.bench.sheet import Sheet


def test_the_defaults_are_those_of_the_readme() -> None:
    """All parts, as often as their aims name."""
    options = parse([])
    expected = {"runs": 10, "switches": 50, "kills": 300, "freezes": 50, "isolations": 50}
    assert expected == {part: options.counts[part] for part in expected}
    assert (False, False) == (options.resume, options.keep)


def test_small_counts_can_be_asked_for_and_none_leaves_a_part_out() -> None:
    """For trying."""
    arguments = ["--switches", "0", "--kills", "3", "--no-drill", "--output", "x"]
    options = parse(arguments)
    assert 3 == options.counts["kills"]
    assert not {"switches", "drills"} & options.counts.keys()
    assert Path("x") == options.output


def test_one_part_alone_keeps_what_the_folder_holds_of_the_others() -> None:
    """So that a whole benchmark can be made in pieces."""
    options = parse(["--only", "kills", "--kills", "7"])
    assert ({"kills": 7}, True, False) == (options.counts, options.keep, options.resume)


def test_a_resumed_benchmark_measures_nothing_that_is_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its figures stay as they were, and nothing is started."""
    done = Sheet("kills", "2026-11-21T11:00:00+00:00", 0.1, (Figure("failover", 0.5, "s", samples=(0.4, 0.6)),))
    write_sheets(tmp_path, [done])
    main(["--resume", "--only", "kills", "--kills", "2", "--output", str(tmp_path)])
    assert done == read_sheets(tmp_path)["kills"]
    assert "failover" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [["--kills", "-1"], ["--kills", "many"], ["--no-such"], ["--only", "x"]])
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
def test_switches_and_faults_are_measured_on_real_servers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One of each that has a witness or none."""
    arguments = [
        f"--{part}={count}" for part, count in {**dict.fromkeys(PARTS, 0), "switches": 1, "freezes": 1}.items()
    ]
    main([*arguments, "--output", str(tmp_path)])
    figures = {each["name"]: each for each in json.loads((tmp_path / "bench.json").read_text(encoding="utf-8"))}
    assert 1 == figures["switchover, outage, p99"]["runs"]
    assert 0.0 == figures["failover after a freeze, lost"]["value"]
    assert 0.0 == figures["failover after a freeze, two primaries"]["value"]
    assert "failover after a freeze, median" in capsys.readouterr().out


@pytest.mark.e2e
def test_pair_and_bare_server_are_measured_in_turn(tmp_path: Path) -> None:
    """One round on real servers: a value each, and their ratio."""
    main(["--only", "runs", "--runs", "1", "--output", str(tmp_path)])
    figures = {each["name"]: each for each in json.loads((tmp_path / "bench.json").read_text(encoding="utf-8"))}
    assert figures["pair ready against one bare server"]["samples"]
