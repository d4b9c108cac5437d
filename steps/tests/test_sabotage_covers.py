"""Every scenario is seen to fail: some sabotage must fail it; and what a sabotage names is there."""

from collections import Counter

from hadrill.harness.checks.registry import CHECKS, ON_SIGHT
from hadrill.harness.cli.promises import promises_in
from hadrill.harness.drill.catalogue import load_catalogue, packaged_features
from hadrill.harness.sabotage.catalogue import catalogue, not_shown
from hadrill.harness.sabotage.known import Known, never_tripped, refuse_strangers, without_sabotage, without_word
from hadrill.harness.service.reference_program import known_decisions
from hadrill.steps.binding.feature_file import read_feature
from hadrill.steps.binding.titles import titles_in, titles_of

TITLES = titles_in([packaged_features()])


def scenarios_of_clauses() -> dict[str, set[str]]:
    """By clause that a feature names, the titles of the scenarios of its Rules."""
    features = [read_feature(path, path.name) for path in packaged_features().rglob("*.feature")]
    shown: dict[str, set[str]] = {tag.name: set() for each in features for tag in each.tags if tag.is_requirement}
    for rule in (rule for feature in features for rule in feature.rules):
        for tag in (tag for tag in rule.tags if tag.is_requirement):
            shown[tag.name].update(title for outline in rule.outlines for title in titles_of(outline))
    return shown


def test_what_sabotages_name_is_there() -> None:
    """A renamed scenario must not silently stop catching; what no feature drills could not be broken, either."""
    refuse_strangers(catalogue(), Known(known_decisions(), TITLES, {*CHECKS, *ON_SIGHT}))
    assert {each.breaks for each in catalogue()} <= set(scenarios_of_clauses())


def test_what_catches_one_sabotage_would_not_catch_another() -> None:
    """Where the same checks find something in the same scenarios, what they say tells which was broken."""
    caught = Counter((str(sorted(each.must.items())), str(sorted(each.says.items()))) for each in catalogue())
    assert [each for each, times in caught.items() if times > 1] == []


def test_no_scenario_is_without_a_sabotage() -> None:
    """A check that has never failed proves nothing."""
    assert without_sabotage(catalogue(), TITLES) == ()


def test_every_clause_is_drilled_or_says_why_not() -> None:
    """What stands in neither would be in no report, and nobody would miss it."""
    known = load_catalogue()
    assert set(known.requirements) - set(scenarios_of_clauses()) - set(known.not_addressed) == set()


def test_no_clause_is_without_a_sabotage() -> None:
    """A promise is seen to be broken where a sabotage names its clause, or must fail a scenario that shows it."""
    named = {each.breaks for each in catalogue()}
    caught = {title for each in catalogue() for title in each.must}
    unseen = [
        clause for clause, titles in scenarios_of_clauses().items() if clause not in named and not titles & caught
    ]
    assert unseen == []


def test_no_decision_is_without_a_sabotage_or_a_reason() -> None:
    """One that could be changed without anybody's noticing would be no promise; none has both, nor is a stranger."""
    changed = {each.decision for each in catalogue()}
    told = set(not_shown().decisions)
    assert without_word(catalogue(), known_decisions(), told) == ()
    assert (changed & told, told - set(known_decisions())) == (set(), set())


def test_no_check_is_without_a_sabotage_or_a_reason() -> None:
    """One that nothing has tripped proves nothing; none has both, nor is a stranger."""
    checks = {*CHECKS, *ON_SIGHT}
    told, tripped = (
        set(not_shown().checks),
        {check for each in catalogue() for by in each.must.values() for check in by},
    )
    assert never_tripped(catalogue(), sorted(checks), told) == ()
    assert (tripped & told, told - checks) == (set(), set())


def test_every_promise_of_which_it_is_told_is_there() -> None:
    """Whether the others are broken, a run of all sabotages says; what has no findings cannot be."""
    told = set(not_shown().promises)
    assert told <= set(promises_in([packaged_features()]))
    assert "writes were in flight when the fault struck" in told


def test_a_title_is_one_scenario() -> None:
    """A sabotage that names it means no other."""
    assert len(set(TITLES)) == len(TITLES)
