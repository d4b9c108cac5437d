"""How a call of kills stands, and how that is told."""

from dataclasses import replace

import pytest

from hadrill.harness.kills import standing
from hadrill.harness.kills.entries import KILLS, Absent, Began, Entry, Killed, Sitting, Unfinished, Unharmed
from hadrill.harness.kills.plan import Part
from hadrill.harness.kills.standing import Times, standing_of
from hadrill.harness.kills.wording import lines_of, lines_of_standing

SITTING = Sitting(7, "2026-11-28T08:00:00+00:00", "0.1.0", "abc", ("--tags", "@smoke"))
PASSED = Unharmed(0, 30.0, (), "")
CLEAN = Killed(
    number=1,
    part=Part.HARNESS,
    signal="SIGTERM",
    at_s=12.0,
    victim="process 7: python",
    died=True,
    exit_code=3,
    reads=3,
    ended_s=2.0,
    gone_s=0.02,
    left=(),
    wrong=(),
    without=(),
    seconds=14.0,
    folder="",
)
LEFT = replace(CLEAN, number=2, signal="SIGKILL", left=("process 8: mysqld",), gone_s=None, folder="kill-0002")
WRONG = replace(CLEAN, number=3, part=Part.MANAGER, wrong=("it read as finished",), gone_s=0.04, reads=None)
ABSENT = Absent(2, Part.MANAGER, "SIGINT", 0.5, passed=False, seconds=6.0)
CUT = Unfinished(2, "2026-11-28T08:01:00+00:00", "SIGINT")
BEGAN = Began(0, "/t/kabcdefgh", "unharmed-0001")
EVERY: tuple[Entry, ...] = (SITTING, BEGAN, PASSED, CLEAN, ABSENT, CUT, LEFT, PASSED, WRONG)


def test_only_kills_count_as_kills() -> None:
    """What was not there and what was cut short is told apart."""
    now = standing_of(EVERY)
    assert (now.number, now.left, now.wrong, now.absent, now.unfinished) == (3, 1, 1, 1, 1)
    assert now.kills == {(Part.HARNESS, "SIGTERM"): 1, (Part.HARNESS, "SIGKILL"): 1, (Part.MANAGER, "SIGTERM"): 1}
    assert (now.gone, now.asked) == (Times(0.03, 0.04), Times(2.0, 2.0))
    assert now.seconds == 30 + 14 + 6 + 14 + 30 + 14


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ((PASSED, CLEAN, PASSED), 0),
        ((PASSED, LEFT, PASSED), 1),
        ((PASSED, WRONG, PASSED), 1),
        ((PASSED, CLEAN, replace(PASSED, exit_code=2)), 1),
        ((PASSED, CLEAN, replace(PASSED, left=("file k",))), 1),
        ((PASSED, CLEAN, replace(ABSENT, exit_code=0), PASSED), 0),
        ((PASSED, CLEAN, replace(ABSENT, exit_code=2), PASSED), 1),
        ((PASSED, CLEAN, replace(ABSENT, left=("file k",)), PASSED), 1),
        ((PASSED, CLEAN), 3),
        ((PASSED,), 3),
        ((), 3),
    ],
)
def test_exit_codes(entries: tuple[Entry, ...], expected: int) -> None:
    """Without the next drill, or without a kill, nothing is known yet."""
    assert standing_of(entries).exit_code == expected


def test_what_comes_next() -> None:
    """A kill that came to nothing is tried again."""
    assert standing.next_kill(EVERY) == (4, 0)
    assert standing.next_kill((PASSED, CLEAN, ABSENT, CUT, ABSENT)) == (2, 2)
    assert (standing.next_ran(EVERY), standing.next_ran((CLEAN, PASSED))) == (None, True)


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        (replace(PASSED, seconds=9.0), 9.0),
        (replace(PASSED, seconds=9.0, exit_code=1), 30.0),
        (replace(ABSENT, passed=True, seconds=8.0), 8.0),
        (ABSENT, 30.0),
        (replace(CLEAN, exit_code=0, at_s=12.0, ended_s=11.0), 23.0),
        (CLEAN, 30.0),
    ],
)
def test_a_drill_is_as_long_as_the_last_that_passed(last: Entry, expected: float) -> None:
    """The machine may have been busier when the first one ran."""
    assert (standing.length_of((SITTING,)), standing.length_of((PASSED, last))) == (None, expected)


def test_a_call_is_held_to_what_counts() -> None:
    """A refused one binds nobody."""
    assert standing.bound_to((SITTING, BEGAN, CUT)) is None
    assert standing.bound_to((SITTING, PASSED, replace(SITTING, seed=8))) == SITTING


def test_a_drill_that_nothing_more_is_known_of() -> None:
    """Its first line is the last one."""
    assert standing.open_drill((SITTING, Began(4, "/t", "u"))) == Began(4, "/t", "u")
    assert standing.open_drill(EVERY) is None


@pytest.mark.parametrize("entry", EVERY)
def test_what_was_written_is_read_again(entry: Entry) -> None:
    """Every kind of entry."""
    assert KILLS.form.validate_json(KILLS.form.dump_json(entry)) == entry


def test_a_kill_is_a_line() -> None:
    """With what was left and what reads wrong below it."""
    (told,) = lines_of(CLEAN)
    assert told == (
        "   1  clean  SIGTERM at  12.0 s to the harness: drill ended with 3 after 2.00 s, all gone 0.02 s later; "
        "reads as not finished"
    )
    (first, below) = lines_of(LEFT)
    assert ("DIRTY" in first, below) == (True, "      left: process 8: mysqld")
    served = replace(CLEAN, part=Part.MANAGER, without=("switching-one",))
    assert list(lines_of(served))[1:] == ["      passed without its manager: switching-one"]
    guardian = replace(CLEAN, part=Part.GUARDIAN, died=False, exit_code=None)
    assert "to the guardian, which outlives it: drill hung after" in next(lines_of(guardian))


def test_a_victim_that_was_not_there_is_a_line() -> None:
    """That does not call it a kill."""
    assert list(lines_of(ABSENT)) == ["   2  no manager was there at 0.5 s for SIGINT: another moment"]


def test_a_drill_that_fails_though_nothing_was_done_to_it_is_told() -> None:
    """Below the moment at which there was nobody to kill, and in the figure."""
    fails = replace(ABSENT, exit_code=1, left=("file k",), folder="kill-0002")
    below = ["      nothing was done to that drill: fail, but left something behind", "      left: file k"]
    assert list(lines_of(fails))[1:] == below
    told = list(lines_of_standing(standing_of((PASSED, CLEAN, fails, PASSED))))
    assert "  failed though nothing was done to them: 1 drill of those" in told


def test_the_figure() -> None:
    """By part and signal, and what came of it."""
    told = "\n".join(lines_of_standing(standing_of((*EVERY, PASSED))))
    assert told.startswith("kills: 3 kills: 1 left something behind, 1 read wrong\n")
    assert "  harness                   1        1        0        0\n" in told
    assert "nothing was left 0.03 s in the median, 0.04 s at most, after a drill's end" in told
    assert "drills read as: not finished 2, not begun 1" in told
    assert "the next drill: pass\n" in told
    assert "the next drill: not run yet" in "\n".join(lines_of_standing(standing_of(EVERY)))
