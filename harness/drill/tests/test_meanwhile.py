"""What counts as asked for while a switch lasted."""

import math

import pytest

from hadrill.harness.drill.meanwhile import Answer, answer_while, in_time
from hadrill.harness.errors import HarnessTrouble, ServiceRefused
from hadrill.harness.model.portrait import Refusal

BUSY = Refusal("a restart", "OperationInProgress", "it is in the middle of a switch")
TAKEN = Refusal("a release", "", "")


def refuse() -> None:
    """As a service in the middle of a switch does."""
    raise ServiceRefused(BUSY.code, BUSY.sentence)


def test_what_is_answered_while_it_lasts_is_in_time() -> None:
    """Refused or accepted."""
    assert answer_while(lambda: True, math.inf, "a restart", refuse) == Answer(BUSY, in_time=True)
    assert answer_while(lambda: True, math.inf, "a release", lambda: None) == Answer(TAKEN, in_time=True)
    assert answer_while(lambda: False, math.inf, "a restart", refuse) == Answer(BUSY, in_time=False)


def test_nothing_is_asked_for_once_it_is_too_late() -> None:
    """It would be accepted, and carried out."""
    asked: list[str] = []
    assert answer_while(lambda: True, 0.0, "a release", lambda: asked.append("a release")) is None
    assert asked == []


def test_what_was_not_asked_for_or_refused_too_late_is_left_for_another_switch() -> None:
    """It says nothing of this one."""
    assert in_time([Answer(BUSY, in_time=True), None, Answer(BUSY, in_time=False)]) == (BUSY,)


def test_what_was_accepted_too_late_is_held_against_nobody() -> None:
    """But it hides nothing that was accepted in time."""
    late = Answer(TAKEN, in_time=False)
    with pytest.raises(HarnessTrouble, match="over before the answer to this came: a release; it was accepted"):
        in_time([Answer(BUSY, in_time=True), late])
    wrong = Refusal("another port", "", "")
    assert in_time([Answer(wrong, in_time=True), late]) == (wrong,)
