"""From where on a scenario looks at its record alone, so that the next one may be set up beside it."""

from pathlib import Path

from pytest_bdd.parser import FeatureParser

from hadrill.steps.binding.crew.member import acts_after

FEATURE = """Feature: A feature
  Background:
    Given a pair

  Scenario: One that acts, judges, and acts again
    When the clients come to rest
    Then it holds
    When it is given back
    And the clients come to rest
    Then nothing is left
    And it holds
"""


def test_what_only_judges_after_its_last_deed_acts_no_more(tmp_path: Path) -> None:
    """The same sentence earlier on is another step; a Then that is followed by a When is not the end."""
    (tmp_path / "own.feature").write_text(FEATURE, encoding="utf-8")
    (template,) = FeatureParser(str(tmp_path), "own.feature").parse().scenarios.values()
    steps = template.render({}).steps
    assert [acts_after(steps, step) for step in steps] == [True, True, True, True, False, False, False]
