"""Faults of form, each found in its line."""

from pathlib import Path

import pytest

from hadrill.steps.binding.feature_file import NotGherkin, read_feature
from hadrill.steps.binding.lint import Known, lint
from hadrill.steps.binding.taken_tags import OF_PYTEST, why_taken

KNOWN = Known(requirements=("HA-3", "HA-4"), objectives=("switch",), lines=("private line",))


def problems(folder: Path, text: str) -> list[str]:
    """What the lint says of a feature, as ``line: sentence``."""
    path = folder / "a.feature"
    path.write_text(text)
    return [f"{problem.line}: {problem.sentence}" for problem in lint(read_feature(path, "a.feature"), KNOWN)]


GOOD = """
@ha
Feature: A pair
  Background:
    Given a pair
  @HA-4 @slow
  Rule: It fails over
    Background:
      Given clients at work
    @smoke
    Scenario: The primary is killed
      When the primary is killed
      And the clients come to rest
      Then writes went on within the objective "switch"
      But nothing is lost
    Scenario Outline: The primary <fails>
      When the primary <fails>
      Then writes went on within the objective "<objective>"
      @HA-3
      Examples:
        | fails   | objective |
        | freezes | switch    |
  @HA-3
  Rule: It waits
    Example: A commit is held back
      * a pair
      When a commit is held back
      Then it waits
  """


def test_a_feature_of_good_form_has_no_faults(tmp_path: Path) -> None:
    """Backgrounds, outlines, tags at every place and conjunctions are all in order."""
    assert problems(tmp_path, GOOD) == []


@pytest.mark.parametrize(
    ("scenario", "expected"),
    [
        ("Scenario: A", "4: this scenario has no steps"),
        ("Scenario: A\nGiven a pair\nWhen it fails", "4: this scenario has no Then: it would pass whatever happens"),
        (
            "Scenario: A\nGiven a pair\nThen all is well",
            "4: this scenario has no When before its Then: nothing is done that could be judged",
        ),
        (
            "Scenario: A\nWhen it fails\nThen it waits\nWhen it\nAnd more",
            "7: no Then follows this step: what it does is not judged",
        ),
        ("Scenario: A\nAnd a pair\nWhen a\nThen b", "5: the first step must begin with Given, When or Then"),
        ("Scenario Outline: A\nWhen a\nThen b", "4: this outline has no Examples: it would not run"),
        ("Scenario Outline: A\nWhen a\nThen b\nExamples:", "7: these Examples have no rows: nothing would run"),
        ("Scenario Outline: A\nWhen a\nThen b\nExamples:\n|c|", "7: these Examples have no rows: nothing would run"),
        (
            "Scenario Outline: A\nWhen a <b>\nThen <d>\nExamples:\n|b|\n|1|",
            "7: these Examples have no column for <d>",
        ),
        (
            'Scenario: A\nGiven the line between the regions is like a "privat line"\nWhen a\nThen b',
            '5: there is no line "privat line"; there are: private line',
        ),
        ('Scenario: A\nWhen a\nThen the objective "x" holds', '6: there is no objective "x"; there are: switch'),
        (
            'Scenario Outline: A\nWhen a\nThen the objective "<o>" holds\nExamples:\n|o|\n|switch|\n|y|',
            '6: there is no objective "y"; there are: switch',
        ),
        ("@HA-99\nScenario: A\nWhen a\nThen b", "4: @HA-99 is no requirement of the catalogue"),
        (
            "Scenario: A\nWhen a\nThen b\nScenario: A\nWhen c\nThen d",
            "7: the scenario at line 4 has the same name: only one of them would run",
        ),
    ],
)
def test_a_fault_is_told_by_its_line(tmp_path: Path, scenario: str, expected: str) -> None:
    """Whatever would let a scenario pass without showing anything is refused."""
    assert problems(tmp_path, f"Feature: F\n@HA-4\nRule: R\n{scenario}\n") == [expected]


@pytest.mark.parametrize(
    ("scenario", "expected"),
    [
        ("Scenario: A\x1b[2J\nWhen a\nThen b", "4: this title has a control character, {}: A\\x1b[2J; leave it out"),
        ("Scenario: A\nWhen a\x07\nThen b", "5: this step has a control character, {}: a\\x07; leave it out"),
        ("@b\x9b\nScenario: A\nWhen a\nThen b", "4: this tag has a control character, {}: b\\x9b; leave it out"),
        (
            "Scenario Outline: A\nWhen a <b>\nThen d\nExamples:\n|b|\n|1\x7f|",
            "7: this cell of Examples has a control character, {}: 1\\x7f; leave it out",
        ),
    ],
)
def test_what_a_terminal_would_obey_is_no_text(tmp_path: Path, scenario: str, expected: str) -> None:
    """It would be called otherwise in reports than in a sabotage that names it, and so never be found."""
    told = expected.format("which is shown here by its number")
    assert problems(tmp_path, f"Feature: F\n@HA-4\nRule: R\n{scenario}\n") == [told]


@pytest.mark.parametrize(
    ("line", "place"), [(3, "Feature"), (7, "Rule: It fails"), (11, "Scenario: "), (20, "Examples")]
)
@pytest.mark.parametrize("tag", [*OF_PYTEST, "_x", "", "allure_label"])
def test_a_tag_that_others_obey_is_refused_wherever_it_stands(tmp_path: Path, line: int, place: str, tag: str) -> None:
    """A scenario would be left out or excused, or pytest would stumble over it; of a feature as of its examples."""
    assert GOOD.count(place) == 1
    assert problems(tmp_path, GOOD.replace(place, f"@{tag}\n{place}")) == [f"{line}: {why_taken(tag)}"]
    assert len(why_taken(tag).split()) > 3


def test_a_name_that_is_like_a_taken_one_is_free(tmp_path: Path) -> None:
    """Only what pytest and Allure would obey is theirs."""
    assert problems(tmp_path, GOOD.replace("@smoke", "@skipper @x_fail @allure @Skip @a_")) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Feature: F", ["1: this feature has no scenario"]),
        (
            "Feature: F\nRule: R\nScenario: A\nWhen a\nThen b",
            ["2: a Rule needs the tag of the requirement that it shows, like @HA-4"],
        ),
        (
            "Feature: F\n@HA-4\nRule: R\n@HA-3\nRule: S\nScenario: A\nWhen a\nThen b",
            ["3: this Rule has no scenario: its requirement would not be shown"],
        ),
        ("Feature: F\nScenario: A\nWhen a\nThen b", []),
    ],
)
def test_a_rule_is_a_requirement(tmp_path: Path, text: str, expected: list[str]) -> None:
    """Each Rule is tagged and shown; a feature of one's own may do without Rules."""
    assert problems(tmp_path, text) == expected


@pytest.mark.parametrize(
    ("text", "line", "sentence"),
    [
        ("", 1, "this file holds no feature"),
        ("Feature: F\nScenario: A\nWhen a\nThenceforth b", 4, "this is no Gherkin: expected: #EOF"),
        ("# language: xx\nFeature: F", 1, "Language not supported: xx"),
    ],
)
def test_what_is_no_feature_is_told(tmp_path: Path, text: str, line: int, sentence: str) -> None:
    """An error names the line."""
    path = tmp_path / "a.feature"
    path.write_text(text)
    with pytest.raises(NotGherkin) as caught:
        read_feature(path, "a.feature")
    assert caught.value.line == line
    assert sentence in caught.value.sentence


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    """Bytes that are no UTF-8 are no feature."""
    path = tmp_path / "a.feature"
    path.write_bytes(b"Feature: \xe9")
    with pytest.raises(NotGherkin, match="this file cannot be read"):
        read_feature(path, "a.feature")


def test_other_languages_are_read_alike(tmp_path: Path) -> None:
    """The form is judged by the parser's own keywords."""
    text = "# language: de\nFunktionalität: F\nSzenariogrundriss: A\nWenn a\nDann b\n"
    assert problems(tmp_path, text) == ["3: this outline has no Examples: it would not run"]
