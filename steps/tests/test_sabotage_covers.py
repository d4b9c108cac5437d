"""Every scenario is seen to fail: some sabotage names it; and what a sabotage names is there."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from hadrill.harness.drill.catalogue import packaged_features
from hadrill.harness.sabotage.catalogue import CATALOGUE
from hadrill.harness.sabotage.entry import Sabotage
from hadrill.steps.binding.feature_file import read_feature
from hadrill.steps.binding.feature_form import Outline


def titles_of(outline: Outline) -> Iterator[str]:
    """What plan and reports call a scenario, for each row of its Examples."""
    if not outline.is_outline:
        yield outline.name
        return
    for row in outline.rows:
        title = outline.name
        for column, value in row.items():
            title = title.replace(f"<{column}>", value)
        yield title


def all_titles() -> set[str]:
    """Of hadrill's own features."""
    files: list[Path] = sorted(packaged_features().rglob("*.feature"))
    outlines = [outline for file in files for outline in read_feature(file, file.name).outlines]
    return {title for outline in outlines for title in titles_of(outline)}


@pytest.mark.parametrize("chosen", CATALOGUE, ids=[each.name for each in CATALOGUE])
def test_the_scenarios_that_must_catch_it_are_there(chosen: Sabotage) -> None:
    """A renamed scenario must not silently stop catching."""
    assert chosen.caught_by
    assert set(chosen.caught_by) - all_titles() == set()


def test_no_scenario_is_without_a_sabotage() -> None:
    """A check that has never failed proves nothing."""
    assert all_titles() - {title for each in CATALOGUE for title in each.caught_by} == set()
