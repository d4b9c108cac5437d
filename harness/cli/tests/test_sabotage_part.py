"""A part of the sabotages: so many calls go through the lot, and none runs twice."""

import pytest

from hadrill.harness.cli.sabotage import part_of
from hadrill.harness.errors import WrongCall
from hadrill.harness.sabotage.catalogue import catalogue

FEW = catalogue()[:2]


def test_the_parts_are_the_whole() -> None:
    """Each sabotage is in one of them."""
    every = catalogue()
    parts = [part_of(every, f"{first}/3") for first in (1, 2, 3)]
    assert sorted(each.name for part in parts for each in part) == sorted(each.name for each in every)
    assert max(map(len, parts)) - min(map(len, parts)) <= 1


def test_without_a_part_all_are_chosen() -> None:
    """As they were named."""
    assert part_of(FEW, None) == FEW


@pytest.mark.parametrize("part", ["0/3", "4/3", "1/0", "1", "a/b", "3/3/3", "-1/3", "3/9"])
def test_what_is_no_part_is_refused(part: str) -> None:
    """Nothing is drilled then; a part with nothing in it is none."""
    with pytest.raises(WrongCall, match="--part takes K/N"):
        part_of(FEW, part)
