"""What a soak comes to."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from hadrill.harness.checks.outage import outage
from hadrill.harness.checks.tests.histories import LIMIT, A, B, fault, history, load, ns
from hadrill.harness.model.history import Stall
from hadrill.harness.soak.entries import Began, Ended, Entry, FalseAlarm, Undecided, Unfinished
from hadrill.harness.soak.standing import (
    Standing,
    asked_before,
    exit_code_of,
    lies_outside,
    open_drill,
    standing_of,
    upper_bound,
)
from hadrill.harness.soak.wording import lines_of_drill, lines_of_standing, rate

ALARM = FalseAlarm("failover-a-kill", "outage", "clients waited 3.2 s")
STALLED = Undecided("failover-a-kill", "clients waited 3.2 s; but our own load stood still for 0.400 s of it")
BOTH = replace(STALLED, reason=f"{STALLED.reason}; nobody saw whether every acknowledged write arrived")
DIED = Undecided("failover-a-kill", "Toxiproxy ended")


def began(number: int) -> Began:
    """A drill of the smoke scenarios begins."""
    return Began(number, number * 7, "2026-11-21T08:00:00+00:00", "0.1.0", "", ("--tags", "@smoke"))


def ended(number: int, *found: FalseAlarm | Undecided, exit_code: int = 0) -> Ended:
    """A drill of six scenarios ended so; a seventh was not addressed."""
    verdicts = {"pass": 6 - len(found), "fail": len(found), "not addressed": 1}
    alarms = tuple(one for one in found if isinstance(one, FalseAlarm))
    undecided = tuple(one for one in found if isinstance(one, Undecided))
    return Ended(number, number * 7, "", "", 60.0, exit_code, verdicts, alarms, undecided, "")


def standing(*found: FalseAlarm | Undecided) -> Standing:
    """Two drills, the second with what was found."""
    entries: tuple[Entry, ...] = (began(1), ended(1), began(2), ended(2, *found))
    return standing_of(entries)


def test_only_what_ended_and_was_judged_counts() -> None:
    """Neither drills that were not finished nor scenarios that were not addressed."""
    second, third = (began(2), Unfinished(2, 14, "", "SIGINT")), (began(3), ended(3, ALARM))
    assert standing_of([began(1), ended(1), *second, *third, began(4)]) == Standing(2, 12, 120.0, 1, (ALARM,), (), 1)


@pytest.mark.parametrize(("tried", "expected"), [(0, None), (1, 1.0), (2, 1.0), (30, 0.1), (300, 0.01)])
def test_the_rule_of_three(tried: int, expected: float | None) -> None:
    """None in n tries: with 95 % the rate is no more than 3/n, which says nothing below three."""
    assert upper_bound(tried) == expected


@pytest.mark.parametrize(
    ("found", "expected"),
    [((), 0), ((ALARM, DIED), 1), ((DIED, STALLED), 2), ((STALLED,), 0), ((BOTH,), 2)],
    ids=["nothing", "a false alarm", "an instrument that failed", "a machine that stood still", "not that alone"],
)
def test_exit_codes(found: tuple[FalseAlarm | Undecided, ...], expected: int) -> None:
    """A false alarm outranks the rest; what the machine did is no fault of the drill's."""
    assert standing(*found).exit_code == expected


def test_a_drill_that_died_of_itself_does_not_vanish() -> None:
    """One that hung says more than nothing: it stands in the rate, at the end and in the exit code."""
    died = Unfinished(2, 14, "", "a drill ended with 3 before its end", of_itself=True)
    now = standing_of([began(1), ended(1), began(2), died, began(3), ended(3)])
    assert (now.exit_code, now.drills, now.unfinished) == (2, 2, 1)
    assert rate(now).endswith("; 1 drill died")
    assert "  died of itself, 1 time: a drill ended with 3 before its end" in list(lines_of_standing(now))
    assert "  2 minutes of drills; 0 cut short, which do not count" in list(lines_of_standing(now))


def test_busy_drills_count_apart() -> None:
    """In one folder; the worse of both is the exit code."""
    entries: list[Entry] = [began(1), ended(1), replace(began(2), busy=True), replace(ended(2, ALARM), busy=True)]
    quiet, busy = standing_of(entries), standing_of(entries, busy=True)
    assert (quiet.drills, quiet.exit_code, busy.drills, busy.exit_code) == (1, 0, 1, 1)
    assert rate(quiet).startswith("no false alarm in 1 drill, 6 scenarios: ")
    assert rate(busy).startswith("1 false alarm in 1 drill, 6 scenarios with all cores busy: ")
    assert [exit_code_of(quiet, busy), exit_code_of(quiet, standing_of([]))] == [1, 0]


def test_a_soak_without_a_drill_has_shown_nothing() -> None:
    """It is not finished."""
    assert standing_of([began(1)]).exit_code == 3


def test_what_the_check_says_of_a_stall_is_known_to_lie_outside() -> None:
    """The sentence is the check's own."""
    record, stalls = fault(1000), (Stall("load", ns(2000), ns(600)),)
    judgement = outage(history(load(A, 0, 1000), load(B, 4500, 6000), faults=(record,), stalls=stalls), LIMIT, record)
    assert lies_outside(Undecided("s", judgement.undecided))


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ([], None),
        ([began(1), ended(1)], None),
        ([began(1), ended(1), began(2)], 2),
        ([began(1), Unfinished(1, 7, "", "SIGINT")], None),
    ],
)
def test_a_drill_that_nothing_more_is_known_of(entries: list[Entry], expected: int | None) -> None:
    """Its first line is the last one."""
    found = open_drill(entries)
    assert (found.number if found else None) == expected


def test_what_was_asked_is_held_to_once_a_drill_counts() -> None:
    """A call that came to nothing binds nobody."""
    assert asked_before([began(1), Unfinished(1, 7, "", "no such tag")]) is None
    assert asked_before([began(1), Unfinished(1, 7, "", "SIGINT"), began(2), ended(2)]) == ("--tags", "@smoke")


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (
            standing,
            "no false alarm in 2 drills, 12 scenarios: at 95 % no more than 100.00% of drills, 25.00% of scenarios",
        ),
        (lambda: standing(ALARM), "1 false alarm in 2 drills, 12 scenarios: 50.00% of drills, 8.33% of scenarios"),
        (
            lambda: standing_of([began(1), ended(1, ALARM), began(2), ended(2), began(3), ended(3)]),
            "1 false alarm in 3 drills, 18 scenarios: 33.33% of drills, 5.56% of scenarios; none in the last 2 drills",
        ),
        (lambda: standing_of([]), "nothing is known after 0 drills, 0 scenarios"),
    ],
)
def test_the_rate(now: Callable[[], Standing], expected: str) -> None:
    """Seen, it is a share; not seen, what it must be below."""
    assert rate(now()) == expected


def test_a_drill_is_one_line_and_what_it_found() -> None:
    """The rate stands in the line."""
    first, *rest = lines_of_drill(ended(2, ALARM, DIED, exit_code=1), standing(ALARM, DIED))
    assert first.split()[:7] == ["2", "FALSE", "ALARM", "60.0", "s", "seed", "14"]
    assert "1 false alarm in 2 drills" in first
    assert rest == [
        "      false alarm: failover-a-kill, outage: clients waited 3.2 s",
        "      no verdict: failover-a-kill: Toxiproxy ended",
    ]


def test_the_closing_lines_count_the_causes() -> None:
    """Each cause once, with how often."""
    lines = list(lines_of_standing(standing(ALARM, DIED, DIED)))
    assert "  false alarm, 1 time: failover-a-kill, outage" in lines
    assert "    2 times: Toxiproxy ended" in lines
