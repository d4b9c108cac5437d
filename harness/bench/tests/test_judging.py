"""A made-up run, and its judging by a process of its own."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from hadrill.harness.bench.generated import generate
from hadrill.harness.bench.judge import arguments_for, main
from hadrill.harness.bench.judgements import Cost, figures, judgements
from hadrill.harness.bench.made_up_run import SCENARIO, write_run
from hadrill.harness.checks.registry import CHECKS
from hadrill.harness.errors import WrongCall
from hadrill.harness.evidence.history import read_history
from hadrill.harness.model.history import History
from hadrill.harness.model.operation import Kind, Outcome

COUNT = 200_000


@pytest.fixture(scope="module")
def made_up() -> History:
    """Long enough for every event to have its place."""
    return generate(COUNT)


def test_as_many_operations_are_made_up_as_were_asked_for(made_up: History) -> None:
    """Within two percent."""
    assert COUNT == pytest.approx(len(made_up.operations), rel=0.02)


def test_the_same_history_is_made_up_every_time(made_up: History) -> None:
    """Whoever measures again judges the same."""
    assert np.array_equal(made_up.operations, generate(COUNT).operations)


def test_every_kind_and_every_outcome_is_there(made_up: History) -> None:
    """As a drill's own load has them."""
    assert set(Kind) == set(np.unique(made_up.operations["kind"]).tolist())
    assert set(Outcome) == set(np.unique(made_up.operations["outcome"]).tolist())


@pytest.mark.parametrize(
    "name", ["lost writes", "outage", "two primaries", "secondary access", "address access", "disconnection"]
)
def test_nothing_is_wrong_in_it(made_up: History, name: str) -> None:
    """The checks that read most of it find nothing and have no doubt."""
    judgement = CHECKS[name](made_up, **arguments_for(CHECKS[name], made_up))
    assert ((), "") == (judgement.findings, judgement.undecided)


def test_it_is_read_back_from_a_folder_as_it_was(made_up: History, tmp_path: Path) -> None:
    """Operations, keys and events."""
    write_run(tmp_path, made_up)
    found = read_history(tmp_path, SCENARIO)
    assert np.array_equal(made_up.operations, found.operations)
    assert np.array_equal(made_up.present, found.present)  # type: ignore[arg-type] # it was read
    assert (made_up.roster, made_up.faults, made_up.switches) == (found.roster, found.faults, found.switches)


def test_judging_says_what_it_cost_and_found(
    made_up: History, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A line a scenario; every check was asked, and its time taken."""
    write_run(tmp_path, made_up)
    assert 0 == main([str(tmp_path)])
    said = json.loads(capsys.readouterr().out)
    assert CHECKS.keys() == said["verdicts"].keys()
    assert ("pass", len(made_up.operations)) == (said["verdicts"]["lost writes"], said["operations"])
    assert {"reading", *CHECKS} == said["seconds"].keys()


def test_a_record_without_a_switch_is_not_judged_in_part(made_up: History) -> None:
    """A figure of fewer checks than it says would be too good."""
    with pytest.raises(WrongCall, match="without a switch"):
        arguments_for(CHECKS["outage"], replace(made_up, switches=()))


def test_a_folder_is_needed(capsys: pytest.CaptureFixture[str]) -> None:
    """One."""
    assert 4 == main([])
    assert "one folder of a run is needed" in capsys.readouterr().err


def test_several_processes_are_told_by_their_medians() -> None:
    """With where the time went."""
    said = json.dumps({"operations": 9, "seconds": {"reading": 0.6, "outage": 1.5}, "verdicts": {"outage": "pass"}})
    seconds, peak = figures([Cost(value, 1000 + value, said) for value in (9.0, 8.0, 10.0)])
    assert (9.0, 10.0, 3) == (seconds.value, seconds.aim, seconds.runs)
    assert (1009.0, 2000.0, "MB") == (peak.value, peak.aim, peak.unit)
    assert "9 operations, 1 checks; seconds in the last process: outage 1.50, reading 0.60" == seconds.note


@pytest.mark.e2e
def test_a_process_of_its_own_judges_what_was_made_up() -> None:
    """With its whole life on the clock."""
    seconds, peak = judgements(1, say=lambda _line: None, operations=COUNT)
    assert 1 == seconds.runs
    assert peak.met
