"""How versions are read and ordered."""

from hadrill.harness.engines.version import at_least, numbers


def test_numbers_stop_where_the_distribution_begins() -> None:
    """Only the dotted numbers at the start count; what a distribution appends does not."""
    expected = [(9, 7, 4), (3, 2, 26), (2, 12, 0), ()]
    assert expected == [numbers(said) for said in ("9.7.4-2", "3.2.26-1~bpo12+1", "2.12.0", "git")]


def test_versions_are_ordered_by_number_not_by_letter() -> None:
    """Ten is above nine, missing places are zeros, and the lowest version fits itself."""
    assert at_least("10.0", "9.7")
    assert at_least("8.4", "8.4.0")
    assert at_least("8.4.0", "8.4")
    assert not at_least("8.3.99", "8.4")


def test_no_version_never_fits() -> None:
    """What says no number is below every bound."""
    assert not at_least("git", "0.1")
