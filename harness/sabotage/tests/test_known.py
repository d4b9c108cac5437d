"""A sabotage that names what is not there could never be caught; a scenario without one was never seen to fail."""

from dataclasses import replace

import pytest

from hadrill.harness.errors import WrongCall
from hadrill.harness.sabotage.entry import ITS_STEPS, Sabotage
from hadrill.harness.sabotage.known import Known, never_tripped, refuse_strangers, without_sabotage, without_word

KNOWN = Known(
    decisions={"fails_over": True, "relaxes_durability": False},
    scenarios=("The primary loses its process", "A zone is lost"),
    checks=("outage", "lost writes"),
)
SOUND = Sabotage(
    name="sleepy",
    breaks="",
    decision="fails_over",
    value=False,
    why="",
    must={"The primary loses its process": ("outage", ITS_STEPS)},
    may={"A zone is lost": "it takes a failover, too"},
)


def test_what_is_there_can_be_named() -> None:
    """Nothing is refused."""
    refuse_strangers([SOUND], KNOWN)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (
            replace(SOUND, decision="sleeps"),
            "sleepy: there is no decision 'sleeps' to change; there are: fails_over, relaxes_durability",
        ),
        (replace(SOUND, value=True), "sleepy: fails_over is true in the true service, too"),
        (
            replace(SOUND, must={"The primary lost its process": ("outage",)}),
            "no scenario 'The primary lost its process'; the nearest is 'The primary loses its process'",
        ),
        (replace(SOUND, may={"Rain": "it is wet"}), "sleepy: there is no scenario 'Rain'$"),
        (
            replace(SOUND, must={"A zone is lost": ("outages",)}),
            "sleepy: there is no check 'outages'; there are: lost writes, outage, its steps",
        ),
        (
            replace(SOUND, says={"lost writes": "3 rows"}),
            "sleepy: no scenario must fail by 'lost writes', of which is told what it says",
        ),
    ],
)
def test_what_is_not_there_is_refused(wrong: Sabotage, told: str) -> None:
    """With what there is instead."""
    with pytest.raises(WrongCall, match=told):
        refuse_strangers([SOUND, wrong], KNOWN)


def test_a_scenario_that_none_must_fail_is_found() -> None:
    """One that may fail is not seen to."""
    assert without_sabotage([SOUND], KNOWN.scenarios) == ("A zone is lost",)
    assert without_sabotage([SOUND, replace(SOUND, must={"A zone is lost": ("outage",)})], KNOWN.scenarios) == ()


def test_a_decision_that_none_changes_is_found_unless_it_is_said_why() -> None:
    """Changed by nobody, it would be believed for good."""
    assert without_word([SOUND], KNOWN.decisions, ()) == ("relaxes_durability",)
    assert without_word([SOUND], KNOWN.decisions, ("relaxes_durability",)) == ()


def test_a_check_that_none_must_trip_is_found() -> None:
    """One of which it is said why is none."""
    assert never_tripped([SOUND], KNOWN.checks, ()) == ("lost writes",)
    assert never_tripped([SOUND], KNOWN.checks, ("lost writes",)) == ()
