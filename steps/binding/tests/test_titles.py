"""Titles are known before anything is collected, as plan and reports will call them."""

from pathlib import Path

import pytest

from hadrill.steps.binding.feature_file import NotGherkin
from hadrill.steps.binding.items import slug
from hadrill.steps.binding.titles import titles_in

FEATURE = """
Feature: Titles
  Rule: Some
    Scenario: As it is
      Then it is so

    Scenario Outline: It <fails> here
      Then it is so

      Examples:
        | fails   | limit |
        | freezes | 1     |
        | is cut  | 2     |

    Scenario Outline: A name without a column
      Then it is <so>

      Examples:
        | so  | on |
        | yes | 1  |
"""
TITLES = ("As it is", "It freezes here", "It is cut here", "A name without a column (yes, 1)")


@pytest.fixture
def feature(tmp_path: Path) -> Path:
    """A file."""
    path = tmp_path / "titles.feature"
    path.write_text(FEATURE)
    return path


def test_each_row_has_its_title(feature: Path) -> None:
    """In the file's order; a folder gives what is in it."""
    assert titles_in([feature]) == titles_in([feature.parent]) == TITLES


def test_what_is_no_feature_is_told(tmp_path: Path) -> None:
    """By line."""
    (tmp_path / "no.feature").write_text("Freature: none")
    with pytest.raises(NotGherkin, match="line 1"):
        titles_in([tmp_path])


@pytest.mark.parametrize(("title", "expected"), [("Failover: A & b", "failover-a-b"), ("主库 宕机", "scenario")])
def test_an_id_is_made_of_letters_that_every_file_system_takes(title: str, expected: str) -> None:
    """One without any is told apart from others by its number."""
    assert slug(title) == expected
