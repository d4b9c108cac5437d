"""Feature files that users write, bent in a line or two: planned whole, or refused in sentences."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_bdd.utils import CONFIG_STACK

from hadrill.harness.drill.catalogue import load_catalogue, packaged_features
from hadrill.harness.drill.objectives import load_objectives
from hadrill.harness.faults.line_file import load_lines
from hadrill.harness.tests.steady import steady
from hadrill.steps.binding.collect import FeatureCollection
from hadrill.steps.binding.feature_file import NotGherkin, read_feature
from hadrill.steps.binding.items import planned
from hadrill.steps.binding.lint import Known, lint
from hadrill.steps.binding.tests.bent_feature import bent
from hadrill.steps.binding.titles import titles_in

FILES: Final = {path.stem: path for path in sorted(packaged_features().rglob("*.feature"))}
OBJECTIVES: Final = load_objectives()
STEADY: Final = steady(60)


@pytest.fixture(autouse=True)
def listed(request: pytest.FixtureRequest) -> Iterator[None]:
    """pytest-bdd has this pytest on its list; one that ran within it, and was refused, took it off."""
    CONFIG_STACK.append(request.config)
    yield
    CONFIG_STACK.remove(request.config)


def problems_of(path: Path, known: Known) -> list[tuple[int, str]]:
    """What is wrong with a file, by line; nothing for one that is taken."""
    try:
        return [(each.line, each.sentence) for each in lint(read_feature(path, path.name), known)]
    except NotGherkin as error:
        return [(error.line, error.sentence)]


def in_plan(path: Path, known: Known, session: pytest.Session) -> list[str]:
    """The titles of what a drill of the file would plan."""
    collector = FeatureCollection(session.config, known).pytest_collect_file(path, session)
    assert collector is not None
    items = [item for item in collector.collect() if isinstance(item, pytest.Item)]
    return [each.title for each in planned(items, known.requirements, OBJECTIVES).values()]


@pytest.mark.parametrize("name", FILES)
def test_a_bent_feature_is_taken_or_refused_in_sentences(
    name: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Nobody who reads it afterwards stumbles over what was taken, and no scenario of it is left out."""
    known = Known(load_catalogue().requirements, OBJECTIVES, load_lines())
    text = FILES[name].read_text(encoding="utf-8")
    paths = (tmp_path / f"bent-{number}.feature" for number in count())  # pytest-bdd reads no path twice

    @STEADY
    @given(st.just(text) | bent(text))
    def every(given_text: str) -> None:
        path = next(paths)
        path.write_text(given_text, encoding="utf-8", newline="")
        problems = problems_of(path, known)
        assert all(line >= 1 and len(sentence.split()) > 3 for line, sentence in problems), problems
        if not problems:
            assert sorted(in_plan(path, known, request.session)) == sorted(titles_in([path]))

    every()
