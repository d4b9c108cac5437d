"""Every scenario is seen to fail: some sabotage must fail it; and what a sabotage names is there."""

from hadrill.harness.checks.registry import CHECKS, ON_SIGHT
from hadrill.harness.drill.catalogue import load_catalogue, packaged_features
from hadrill.harness.sabotage.catalogue import catalogue, not_shown
from hadrill.harness.sabotage.known import Known, refuse_strangers, without_sabotage, without_word
from hadrill.harness.service.reference_program import known_decisions
from hadrill.steps.binding.titles import titles_in

TITLES = titles_in([packaged_features()])


def test_what_sabotages_name_is_there() -> None:
    """A renamed scenario must not silently stop catching; a decision that is not there would sabotage nothing."""
    refuse_strangers(catalogue(), Known(known_decisions(), TITLES, {*CHECKS, *ON_SIGHT}))
    assert {each.breaks for each in catalogue()} <= set(load_catalogue().requirements)


def test_no_scenario_is_without_a_sabotage() -> None:
    """A check that has never failed proves nothing."""
    assert without_sabotage(catalogue(), TITLES) == ()


def test_no_decision_is_without_a_sabotage_or_a_reason() -> None:
    """One that could be changed without anybody's noticing would be no promise; none has both, nor is a stranger."""
    changed = {each.decision for each in catalogue()}
    assert without_word(catalogue(), known_decisions(), not_shown()) == ()
    assert (changed & set(not_shown()), set(not_shown()) - set(known_decisions())) == (set(), set())


def test_a_title_is_one_scenario() -> None:
    """A sabotage that names it means no other."""
    assert len(set(TITLES)) == len(TITLES)
