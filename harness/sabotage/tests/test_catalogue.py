"""Every sabotage is one decision of the true service."""

from dataclasses import fields

import pytest

from hadrill.harness.errors import WrongCall
from hadrill.harness.reference.decisions import Decisions
from hadrill.harness.sabotage.catalogue import CATALOGUE, sabotage
from hadrill.harness.sabotage.entry import Sabotage

NAMES = [each.name for each in CATALOGUE]


@pytest.mark.parametrize("chosen", CATALOGUE, ids=NAMES)
def test_a_sabotage_changes_a_decision_of_the_true_service(chosen: Sabotage) -> None:
    """A field that does not exist, or the value that it has anyway, would sabotage nothing."""
    decided = {field.name: getattr(Decisions(), field.name) for field in fields(Decisions)}
    assert chosen.decision in decided
    assert chosen.value != decided[chosen.decision]


def test_an_unknown_sabotage_is_refused_with_the_known_ones() -> None:
    """Whoever mistypes a name sees what there is."""
    with pytest.raises(WrongCall, match="asynchronous-replication"):
        sabotage("asynchronous")
