"""Every sabotage is one decision of the true service, and names scenarios that there are."""

from dataclasses import fields

import pytest

from hadrill.harness.drill.catalogue import packaged_features
from hadrill.harness.errors import WrongCall
from hadrill.harness.reference.decisions import Decisions
from hadrill.harness.sabotage.catalogue import CATALOGUE, Sabotage, sabotage

NAMES = [each.name for each in CATALOGUE]


@pytest.mark.parametrize("chosen", CATALOGUE, ids=NAMES)
def test_a_sabotage_changes_a_decision_of_the_true_service(chosen: Sabotage) -> None:
    """A field that does not exist, or the value that it has anyway, would sabotage nothing."""
    decided = {field.name: getattr(Decisions(), field.name) for field in fields(Decisions)}
    assert chosen.decision in decided
    assert chosen.value != decided[chosen.decision]


@pytest.mark.parametrize("chosen", CATALOGUE, ids=NAMES)
def test_the_scenarios_that_must_catch_it_are_there(chosen: Sabotage) -> None:
    """A renamed scenario must not silently stop catching."""
    features = "\n".join(path.read_text() for path in packaged_features().rglob("*.feature"))
    missing = [title for title in chosen.caught_by if f"Scenario: {title}\n" not in features]
    assert missing == []
    assert chosen.caught_by


def test_an_unknown_sabotage_is_refused_with_the_known_ones() -> None:
    """Whoever mistypes a name sees what there is."""
    with pytest.raises(WrongCall, match="asynchronous-replication"):
        sabotage("asynchronous")
