"""Where a Then does not hold, those after it are judged as well."""

import json
from typing import Any

from hadrill.steps.tests.users_files import STEPS, WORDS

FEATURE = """
    Feature: F
     @HA-4
     Rule: R
      Scenario: More than one promise is broken
        When nothing is done
        Then {first} for one
        And {second} for two
        And all is well for three
        And there is a bug for four
        And all is well for five
        When nothing is done
        Then a promise is broken for six
    """


Ran = list[tuple[str, str]]


def _drilled(outside: Any, first: str, second: str = "money came from nowhere") -> tuple[Ran, dict[str, Any]]:
    """The steps that ran, each with its status, and the scenario as the result tells it."""
    outside.write(
        own_DOT_feature=FEATURE.format(first=first, second=second), conftest_DOT_py=STEPS, steps__words_DOT_py=WORDS,
        steps____init___DOT_py="",
    )  # fmt: skip
    outside.pytest("--hadrill", "own.feature")
    (scenario,) = json.loads((outside.run / "result.json").read_text())["scenarios"]
    return [(event.data["text"], event.data["status"]) for event in outside.seen("step")], scenario


def test_all_that_does_not_hold_is_on_record(outside: Any) -> None:
    """Up to the next When; the first reason stands, and what each found."""
    ran, scenario = _drilled(outside, "a promise is broken")
    assert ran == [
        ("nothing is done", "passed"),
        ("a promise is broken for one", "failed"),
        ("money came from nowhere for two", "failed"),
        ("all is well for three", "passed"),
        ("there is a bug for four", "broken"),
        ("all is well for five", "passed"),
    ]
    assert (scenario["verdict"], scenario["reason"]) == ("fail", "two primaries were seen")
    found = json.loads((outside.run / "result.json").read_text())["clauses"]["HA-4"]["findings"]
    assert [each["sentence"] for each in found] == ["two primaries were seen", "100 are 101"]


def test_what_one_check_could_not_tell_hides_nothing(outside: Any) -> None:
    """The failure after it is the scenario's."""
    ran, scenario = _drilled(outside, "an instrument fails")
    assert ran[1:3] == [("an instrument fails for one", "broken"), ("money came from nowhere for two", "failed")]
    assert (scenario["verdict"], scenario["reason"]) == ("fail", "100 are 101")


def test_a_step_that_skips_ends_it(outside: Any) -> None:
    """What was found before stays."""
    ran, scenario = _drilled(outside, "a promise is broken", second="a test is skipped")
    assert [status for _, status in ran] == ["passed", "failed"]
    assert (scenario["verdict"], scenario["reason"]) == ("fail", "two primaries were seen")


def test_a_lacking_capability_ends_it(outside: Any) -> None:
    """Nothing more is asked of a system that cannot be asked."""
    ran, scenario = _drilled(outside, "a capability is lacking")
    assert [status for _, status in ran] == ["passed", "not addressed"]
    assert scenario["verdict"] == "not addressed"


def test_what_held_is_not_asked_again(outside: Any) -> None:
    """Each sentence runs once."""
    ran, _ = _drilled(outside, "all is well")
    assert [text.split()[-1] for text, _ in ran] == ["done", "one", "two", "three", "four", "five"]
