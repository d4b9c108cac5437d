"""Set-up, whole drills, semi-synchronous replication: what is made of what was read."""

import pytest

from hadrill.harness.bench.ready import in_force
from hadrill.harness.bench.rounds import in_rounds
from hadrill.harness.bench.setup_costs import setup_figures
from hadrill.harness.bench.whole_drill import timed, together

STATUS = {
    "Rpl_semi_sync_source_status": "ON",
    "Rpl_semi_sync_source_clients": "1",
    "Rpl_semi_sync_source_yes_tx": "3",
    "Rpl_semi_sync_source_no_tx": "0",
}


def test_set_up_is_told_in_seconds_and_megabytes() -> None:
    """The whole's cost, not that of its steps."""
    seconds, fetched = setup_figures({"whole": {"seconds": 88.2, "bytes": 233_700_000}, "allure": {"seconds": 9.0}})
    assert (88.2, 90.0, 1) == (seconds.value, seconds.aim, seconds.runs)
    assert (233.7, 300.0, "MB") == (fetched.value, fetched.aim, fetched.unit)


def test_set_up_that_did_not_begin_from_nothing_was_not_measured() -> None:
    """Steps alone say nothing of the whole."""
    for figure in setup_figures({"allure": {"seconds": 9.0, "bytes": 1.0}}):
        assert (None, "not measured here: set-up did not begin from nothing") == (figure.value, figure.note)


@pytest.mark.parametrize("code", [0, 1, 2])
def test_a_drill_that_went_to_its_end_has_a_time_whatever_it_found(code: int) -> None:
    """And says what it found."""
    figure = timed("smoke", 60.0, 41.5, code, "")
    assert (41.5, (41.5,), True) == (figure.value, figure.samples, figure.met)
    assert figure.note


def test_a_drill_that_did_not_go_to_its_end_has_no_time() -> None:
    """It would look fast; its last words say why."""
    figure = timed("smoke", 60.0, 1.5, 4, "one\ntwo\nhadrill: the port is busy\n")
    assert (None, ()) == (figure.value, figure.samples)
    assert "the drill ended with 4; its last words: one | two | hadrill: the port is busy" == figure.note


def test_several_drills_are_told_by_their_median_and_one_without_a_time_stands_for_all() -> None:
    """What happened to the others is no excuse."""
    ended = [timed("smoke", 60.0, seconds, 0, "") for seconds in (41.0, 45.0, 43.0)]
    assert (43.0, 3) == (together(ended).value, together(ended).runs)
    assert together([*ended, timed("smoke", 60.0, 1.5, 4, "")]).value is None


def test_rounds_begin_with_another_one_each_and_the_first_round_is_not_counted() -> None:
    """So that none always has the warmer machine."""
    came: list[str] = []

    def timed(name: str) -> float:
        came.append(name)
        return float(len(came))

    samples = in_rounds({"a": lambda: timed("a"), "b": lambda: timed("b")}, 2, lambda _line: None)
    assert ["a", "b", "b", "a", "a", "b"] == came
    assert {"a": [4.0, 5.0], "b": [3.0, 6.0]} == samples


def test_semi_synchronous_replication_is_in_force_where_every_commit_was_waited_for() -> None:
    """With a replica there."""
    assert in_force(STATUS)


@pytest.mark.parametrize(
    "change",
    [
        {"Rpl_semi_sync_source_status": "OFF"},
        {"Rpl_semi_sync_source_clients": "0"},
        {"Rpl_semi_sync_source_yes_tx": "0"},
        {"Rpl_semi_sync_source_no_tx": "1"},
    ],
)
def test_it_is_not_where_any_of_that_is_missing(change: dict[str, str]) -> None:
    """A pair that was ready without it would be compared with the wrong thing."""
    assert not in_force(STATUS | change)
