"""The sabotages that come with hadrill."""

import pytest

from hadrill.harness.errors import WrongCall
from hadrill.harness.sabotage.catalogue import catalogue, sabotage


def test_each_says_what_it_breaks_and_why() -> None:
    """And no name stands twice."""
    every = catalogue()
    assert [each.name for each in every if not (each.breaks and each.why)] == []
    assert len({each.name for each in every}) == len(every)


def test_an_unknown_sabotage_is_refused_with_the_known_ones() -> None:
    """Whoever mistypes a name sees what there is."""
    with pytest.raises(WrongCall, match="asynchronous-replication"):
        sabotage("asynchronous")
