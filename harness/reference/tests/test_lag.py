"""How far a disaster-recovery instance is behind, on hand-made samples."""

from hadrill.harness.reference.lag import Lag


def gtids(last: int) -> str:
    """All transactions up to this one."""
    return f"aaaa:1-{last}"


def heard(source: dict[float, int], front: dict[float, int]) -> Lag:
    """A lag to which both sides said what they had executed when, in the order of time."""
    lag = Lag()
    for at_s in sorted(source.keys() | front.keys()):
        if at_s in source:
            lag.source_executed(at_s, gtids(source[at_s]))
        if at_s in front:
            lag.front_executed(at_s, gtids(front[at_s]), receiving=True)
    return lag


def test_there_is_none_where_all_has_arrived() -> None:
    """The newest sample is in what the front has."""
    assert heard({10.0: 5}, {10.0: 5, 10.1: 5}).lag_s(10.2) == 0.0


def test_it_is_the_age_of_the_oldest_sample_that_is_missing() -> None:
    """5 has arrived; 6 and 7 have not, and 6 is older."""
    lag = heard({10.0: 5, 11.0: 6, 12.0: 7}, {10.1: 5, 11.1: 5, 12.1: 5})
    assert lag.lag_s(12.3) == 12.3 - 11.0


def test_it_shrinks_as_samples_arrive() -> None:
    """6 has arrived meanwhile."""
    lag = heard({10.0: 5, 11.0: 6, 12.0: 7}, {10.1: 5, 12.1: 6})
    assert lag.lag_s(12.3) == 12.3 - 12.0


def test_a_sample_that_the_front_was_not_asked_about_yet_is_not_missing() -> None:
    """The front was asked before it."""
    assert heard({10.0: 5, 10.1: 6}, {10.05: 5}).lag_s(10.15) == 0.0


def test_it_grows_while_the_master_is_silent() -> None:
    """From the newest moment of which all is known to have arrived."""
    lag = heard({10.0: 5}, {10.0: 5, 10.1: 5, 15.0: 5})
    assert (lag.lag_s(15.0), lag.lag_s(20.0)) == (5.0, 10.0)


def test_it_grows_while_the_front_is_silent() -> None:
    """Whatever the master says."""
    lag = heard({10.0: 5, 15.0: 6}, {10.0: 5})
    assert lag.lag_s(15.0) == 5.0


def test_it_grows_while_the_front_does_not_receive_though_nothing_is_written() -> None:
    """The link is cut, and both are heard."""
    lag = heard({10.0: 5}, {10.0: 5})
    for at_s in (11.0, 12.0, 13.0):
        lag.source_executed(at_s, gtids(5))
        lag.front_executed(at_s, gtids(5), receiving=False)
    assert lag.lag_s(13.0) == 3.0


def test_what_a_new_primary_lacks_is_nobodys_lag() -> None:
    """The old one died with a transaction that nobody acknowledged."""
    lag = heard({10.0: 5, 10.1: 6}, {10.0: 5, 10.2: 5})
    lag.source_executed(10.3, gtids(5))
    lag.front_executed(10.4, gtids(5), receiving=True)
    assert lag.lag_s(10.5) == 0.0


def test_it_is_not_known_before_the_front_received_all_there_was_once() -> None:
    """A manager that has just begun."""
    assert Lag().lag_s(5.0) is None
    assert heard({10.0: 5}, {10.1: 4}).lag_s(10.2) is None
