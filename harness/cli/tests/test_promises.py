"""What features promise, and what of it a run saw broken."""

from pathlib import Path

from hadrill.harness.cli.promises import broken_in, promises_in
from hadrill.harness.evidence.events import EventKind
from hadrill.harness.evidence.journal import Journal

FEATURE = """
Feature: F
  Background:
    Given a pair
  Scenario Outline: A
    When it <fails>
    Then <promise>
    And no write is lost
    Examples:
      | fails  | promise      |
      | ends   | it is back   |
      | stalls | it goes on   |
  Scenario: B
    When it ends
    Then no write is lost
"""


def test_every_then_is_a_promise_once(tmp_path: Path) -> None:
    """With the cells of its Examples; what is given and done is none."""
    (tmp_path / "a.feature").write_text(FEATURE, encoding="utf-8")
    assert sorted(promises_in([tmp_path])) == ["it goes on", "it is back", "no write is lost"]


def test_what_failed_was_broken_and_what_could_not_be_judged_was_not(tmp_path: Path) -> None:
    """Whatever scenario it stands in."""
    with Journal(tmp_path) as journal:
        for scenario, text, status in (
            ("one", "no write is lost", "failed"),
            ("two", "no write is lost", "failed"),
            ("two", "it goes on", "broken"),
            ("two", "it is back", "passed"),
        ):
            journal.append(EventKind.STEP, scenario, text=text, status=status)
    assert broken_in(tmp_path) == ("no write is lost",)
