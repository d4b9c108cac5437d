"""Checks that judge at sight: nothing is found at a correct service, and exactly one thing where one is wrong."""

from hypothesis import given, settings

from hadrill.harness.checks.registry import ON_SIGHT
from hadrill.harness.checks.returned import returned
from hadrill.harness.checks.tests.histories import ns
from hadrill.harness.checks.tests.sights import SIGHTS, TIME, Scene, scenes
from hadrill.harness.model.verdict import Verdict

STEADY = settings(deadline=None, derandomize=True, database=None, max_examples=20)


def test_every_check_that_judges_at_sight_is_among_them() -> None:
    """None is left out."""
    assert SIGHTS.keys() == ON_SIGHT.keys()


@STEADY
@given(scenes())
def test_a_correct_service_passes_them(scene: Scene) -> None:
    """Without a finding, and without a doubt."""
    judgements = {name: ON_SIGHT[name](*sight.right(scene)) for name, sight in SIGHTS.items()}

    assert {name: each for name, each in judgements.items() if each.verdict is not Verdict.PASS} == {}


@STEADY
@given(scenes())
def test_one_thing_that_is_wrong_is_exactly_what_is_found(scene: Scene) -> None:
    """Once, by the check that it concerns."""
    found = {
        (name, number): [finding.check for finding in ON_SIGHT[name](*wrong(scene)).findings]
        for name, sight in SIGHTS.items()
        for number, wrong in enumerate(sight.wrong)
    }

    assert {place: checks for place, checks in found.items() if checks != [place[0]]} == {}


def test_a_pair_that_was_looked_at_too_late_leaves_no_verdict() -> None:
    """It may have been protected in time; a measure beyond its objective is no pass either."""
    judgement = returned(0, ns(TIME.limit * 1000 + 1), TIME)

    assert judgement.verdict is Verdict.NO_VERDICT
    assert judgement.undecided == "the pair was seen protected 2.001 s after the heal; allowed 2 s (a time)"
