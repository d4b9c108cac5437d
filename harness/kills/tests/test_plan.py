"""Which kill comes when."""

from collections import Counter

from hadrill.harness.kills.plan import EARLIEST_S, PAIRS, SIGNALS, Part, planned_kill

LENGTH_S = 30.0


def test_each_part_gets_each_signal() -> None:
    """Once in a turn; the harness twice."""
    turn = [planned_kill(7, number, 0, LENGTH_S) for number in range(1, len(PAIRS) + 1)]
    counted = Counter((one.part, one.signal) for one in turn)
    assert counted == {(part, s.name): 1 + (part is Part.HARNESS) for part in Part for s in SIGNALS}


def test_it_follows_from_the_seed() -> None:
    """Whichever sitting it comes in; another seed gives others."""
    first, again = (planned_kill(7, 31, 0, LENGTH_S) for _ in range(2))
    other = planned_kill(8, 31, 0, LENGTH_S)
    assert (first.part, first.signal, first.at_s) == (again.part, again.signal, again.at_s)
    assert (first.drill_seed, first.choose(9), first.choose(9)) == (again.drill_seed, again.choose(9), again.choose(9))
    assert other.at_s != first.at_s


def test_another_attempt_has_another_moment() -> None:
    """And the same victim."""
    first, second = (planned_kill(7, 3, attempt, LENGTH_S) for attempt in range(2))
    assert (first.part, first.signal) == (second.part, second.signal)
    assert first.at_s != second.at_s


def test_moments_are_spread_over_the_whole_drill() -> None:
    """As many in each tenth of it as chance gives."""
    moments = [planned_kill(7, number, 0, LENGTH_S).at_s for number in range(1, 1001)]
    tenths = Counter(int(at_s / LENGTH_S * 10) for at_s in moments)
    assert all(EARLIEST_S <= at_s <= LENGTH_S for at_s in moments)
    assert sorted(tenths) == list(range(10))
    assert min(tenths.values()) > 60
