"""What is passed on to each drill of many."""

import argparse

import pytest

from hadrill.harness.cli import kills, soak
from hadrill.harness.cli.main import Verb
from hadrill.harness.cli.repeating import passed_on
from hadrill.harness.errors import WrongCall

GIVEN = ("--features", "a", "b", "--tags", "@HA-8", "--load", "load.yaml", "--jobs", "3", "--mysqld", "/m")


def words(verb: Verb, *arguments: str) -> tuple[str, ...]:
    """What a drill of that verb is asked."""
    parser = argparse.ArgumentParser()
    verb.add_arguments(parser)
    return passed_on(parser.parse_args(arguments))


@pytest.mark.parametrize("verb", [soak, kills], ids=["soak", "kills"])
def test_whatever_is_a_drills_own(verb: Verb) -> None:
    """Each option that a drill takes, the load's file, too; not those of the verb."""
    given = (*GIVEN, "--objectives", "o.yaml", "--haproxy", "/h", "--toxiproxy", "/t", "--environment", "embedded")
    passed = words(verb, *given, "--runs", "5", "--output", "elsewhere")
    assert set(passed) == set(given)


def test_without_more_the_smoke_scenarios_are_killed() -> None:
    """A whole drill takes minutes."""
    assert words(kills) == ("--tags", "@smoke", "--environment", "embedded")
    assert words(soak) == ("--environment", "embedded")


def test_jobs_are_looked_at_before_anything_begins() -> None:
    """Not by the first drill."""
    with pytest.raises(WrongCall, match="a whole number from 1, not 'many'"):
        words(soak, "--jobs", "many")
