"""Feature files that users write, bent in a line or two: taken by all that read them, or refused in sentences."""

from pathlib import Path
from typing import Final

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pytest_bdd.parser import FeatureParser

from hadrill.harness.drill.catalogue import load_catalogue, packaged_features
from hadrill.harness.drill.objectives import load_objectives
from hadrill.steps.binding.feature_file import NotGherkin, read_feature
from hadrill.steps.binding.lint import Known, lint
from hadrill.steps.binding.tests.bent_feature import bent

FILES: Final = {path.stem: path for path in sorted(packaged_features().rglob("*.feature"))}
STEADY: Final = settings(
    deadline=None,
    derandomize=True,
    database=None,
    max_examples=60,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


def problems_of(path: Path, known: Known) -> list[tuple[int, str]]:
    """What is wrong with a file, by line; nothing for one that is taken."""
    try:
        return [(each.line, each.sentence) for each in lint(read_feature(path, path.name), known)]
    except NotGherkin as error:
        return [(error.line, error.sentence)]


def read_by_pytest_bdd(path: Path) -> None:
    """As what runs is read, with every row of every outline filled in."""
    feature = FeatureParser(str(path.parent), path.name).parse()
    for template in feature.scenarios.values():
        rows = [row for examples in template.examples for row in examples.as_contexts()] or [{}]
        for row in rows:
            template.render(row)


@pytest.mark.parametrize("name", FILES)
def test_a_bent_feature_is_taken_or_refused_in_sentences(name: str, tmp_path: Path) -> None:
    """Nobody who reads it afterwards stumbles over what was taken."""
    known = Known(load_catalogue().requirements, load_objectives())
    text = FILES[name].read_text(encoding="utf-8")
    path = tmp_path / "bent.feature"

    @STEADY
    @given(st.just(text) | bent(text))
    def every(given_text: str) -> None:
        path.write_text(given_text, encoding="utf-8", newline="")
        problems = problems_of(path, known)
        assert all(line >= 1 and len(sentence.split()) > 3 for line, sentence in problems), problems
        if not problems:
            read_by_pytest_bdd(path)

    every()
