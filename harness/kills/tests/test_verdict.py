"""What counts as a drill that reads wrong."""

from dataclasses import replace

import pytest

from hadrill.harness.kills.junit import Junit
from hadrill.harness.kills.plan import Part
from hadrill.harness.kills.record import Reading
from hadrill.harness.kills.verdict import Seen, wrongs

CUT_SHORT = Reading(reads=3, told=None, closed=False, endless=("one",))
WHOLE = Reading(reads=0, told=0, closed=True, endless=(), passing=2, junit=Junit(tests=2, passed=2))
KILLED = Seen(Part.HARNESS, is_harness=True, killed=True, died=True, exit_code=-9, reading=CUT_SHORT)
ASKED = replace(KILLED, killed=False, exit_code=3)
LOST = Seen(
    Part.TOXIPROXY, is_harness=False, killed=True, died=True, exit_code=2, reading=replace(WHOLE, reads=2, told=2)
)
OUTLIVED = Seen(Part.GUARDIAN, is_harness=False, killed=False, died=False, exit_code=0, reading=WHOLE)


@pytest.mark.parametrize(
    "seen",
    [
        KILLED,
        replace(KILLED, reading=None),
        replace(KILLED, reading=WHOLE),
        replace(KILLED, reading=replace(WHOLE, told=None)),
        ASKED,
        replace(ASKED, reading=replace(CUT_SHORT, passing=1, junit=Junit(tests=2, passed=1))),
        replace(ASKED, exit_code=-15, reading=None),
        replace(ASKED, exit_code=0, reading=WHOLE),
        replace(ASKED, exit_code=-15, reading=WHOLE),
        LOST,
        replace(LOST, exit_code=0, reading=WHOLE),
        replace(LOST, exit_code=3, reading=CUT_SHORT),
        replace(LOST, part=Part.PARENT, exit_code=3, reading=CUT_SHORT),
        replace(LOST, part=Part.MANAGER, exit_code=1, reading=replace(WHOLE, reads=1, told=1, blamed=("one",))),
        replace(LOST, part=Part.MANAGER, exit_code=0, reading=replace(WHOLE, passed=("one",))),
        OUTLIVED,
        replace(OUTLIVED, exit_code=2, reading=replace(WHOLE, reads=2, told=2)),
    ],
)
def test_it_reads_as_it_should(seen: Seen) -> None:
    """Cut short, ended in order, finished before the signal, or without a verdict."""
    assert wrongs(seen) == ()


@pytest.mark.parametrize(
    ("seen", "told"),
    [
        (replace(KILLED, exit_code=None), "the drill hung"),
        (replace(KILLED, reading=replace(WHOLE, endless=("one",))), "closed without an end of one"),
        (replace(KILLED, reading=replace(CUT_SHORT, reads=0)), "is not closed, and the record reads as 0"),
        (replace(KILLED, reading=replace(CUT_SHORT, told=0)), "the result says 0, and the record reads as 3"),
        (replace(KILLED, reading=replace(CUT_SHORT, junit=Junit(2, 1))), "says that 1 passed, and the record that 0"),
        (replace(KILLED, reading=replace(CUT_SHORT, passing=1, junit=Junit(1, 1))), "JUnit file says that all passed"),
        (replace(ASKED, exit_code=-15), "was asked to end amid the drill, and ended with -15"),
        (replace(ASKED, exit_code=0), "the drill ended with 0, and the record reads as 3"),
        (replace(ASKED, exit_code=0, reading=None), "there is no record of it"),
        (replace(LOST, exit_code=-11), "the harness lost its Toxiproxy, and ended with -11"),
        (replace(LOST, exit_code=4), "ended with 4"),
        (replace(LOST, exit_code=0, reading=replace(WHOLE, passed=("one",))), "one passed, though its Toxiproxy"),
        (replace(LOST, exit_code=1, reading=replace(WHOLE, reads=1, told=1, blamed=("one",))), "one failed of what"),
        (
            replace(LOST, part=Part.MANAGER, exit_code=0, reading=replace(WHOLE, answered=("one",))),
            "one passed with an answer of a manager that was dead",
        ),
        (replace(OUTLIVED, exit_code=1, reading=replace(WHOLE, reads=1, told=1)), "outlived the signal"),
    ],
)
def test_it_reads_wrong(seen: Seen, told: str) -> None:
    """And is told in a sentence."""
    assert any(told in sentence for sentence in wrongs(seen)), wrongs(seen)
