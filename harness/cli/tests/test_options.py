"""What the options of a drill ask for."""

import argparse
import os
from pathlib import Path

import pytest

from hadrill.harness.cli import drill, sabotage
from hadrill.harness.cli.options import settings_from
from hadrill.harness.drill.settings import MOST_JOBS, default_jobs
from hadrill.harness.errors import WrongCall


def jobs_of(*arguments: str) -> int:
    """How many scenarios run side by side."""
    parser = argparse.ArgumentParser()
    drill.add_arguments(parser)
    return settings_from(parser.parse_args(arguments), "").jobs


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [((), default_jobs()), (("--jobs", "3"), 3), (("--live",), 1), (("--live", "--jobs", "1"), 1)],
)
def test_jobs(arguments: tuple[str, ...], expected: int) -> None:
    """One more than there are cores, as many as were asked for, and one where somebody watches."""
    assert jobs_of(*arguments) == expected


@pytest.mark.parametrize(("cores", "jobs"), [(1, 1), (2, 3), (3, MOST_JOBS), (64, MOST_JOBS)])
def test_no_more_jobs_than_fit_are_chosen_unasked(monkeypatch: pytest.MonkeyPatch, cores: int, jobs: int) -> None:
    """Each has servers of its own; a single core runs one after the other."""
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(cores)))
    assert default_jobs() == jobs


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--jobs", "0"), "a whole number from 1, not '0'"),
        (("--jobs", "many"), "a whole number from 1, not 'many'"),
        (("--jobs", "9" * 5000), "a whole number of at most 18 digits, not of 5000"),
        (("--live", "--jobs", "9" * 5000), "a whole number of at most 18 digits, not of 5000"),
        (("--live", "--jobs", "2"), "--live shows one scenario at a time, not 2"),
    ],
)
def test_jobs_that_cannot_be(arguments: tuple[str, ...], message: str) -> None:
    """Told in a sentence."""
    with pytest.raises(WrongCall, match=message):
        jobs_of(*arguments)


def test_a_sabotaged_service_is_drilled_side_by_side_too() -> None:
    """The verbs that drill share the option."""
    parser = argparse.ArgumentParser()
    sabotage.add_arguments(parser)
    assert settings_from(parser.parse_args(["asynchronous-replication", "--jobs", "2"]), "").jobs == 2


def test_the_true_service_is_drilled_without_a_file_of_sabotages() -> None:
    """It goes first where several are drilled whole, whoever's they are."""
    parser = argparse.ArgumentParser()
    sabotage.add_arguments(parser)
    given = parser.parse_args(["--sabotage-file", "own.yaml", "--whole"])
    files = [settings_from(given, name).sabotage_file for name in ("", "one-of-them")]
    assert files == [None, Path("own.yaml")]
