"""How much of a copy has arrived, from sizes."""

from hadrill.harness.reference.arrival import Arrival


def shares(whole: int, *stored: int) -> list[float]:
    """One for each look."""
    arrival = Arrival(whole)
    return [arrival.share(each) for each in stored]


def test_what_was_there_before_counts_for_nothing() -> None:
    """It is all that there is at the first look."""
    assert shares(100, 40, 40, 65, 140) == [0.0, 0.0, 0.25, 1.0]


def test_what_goes_first_counts_for_nothing_either() -> None:
    """Old tables are dropped before new ones arrive."""
    assert shares(100, 40, 30, 30, 80) == [0.0, 0.0, 0.0, 0.5]


def test_it_never_falls_and_never_passes_the_whole() -> None:
    """Logs grow beside the data, and old files go when all is there."""
    assert shares(100, 0, 50, 10, 70, 130, 90) == [0.0, 0.5, 0.5, 0.7, 1.0, 1.0]


def test_an_empty_donor_divides_nothing() -> None:
    """Whatever arrives is all of it."""
    assert shares(0, 10, 20) == [0.0, 1.0]
