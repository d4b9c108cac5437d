"""How a phase of a scenario ended."""

import pytest

from hadrill.harness.drill.status import Status
from hadrill.harness.errors import HarnessTrouble, NotAddressed
from hadrill.steps.binding.endings import reason_of, status_in


@pytest.mark.parametrize(
    ("phase", "error", "expected"),
    [
        ("call", AssertionError("two primaries"), Status.FAILED),
        ("call", pytest.fail.Exception("two primaries"), Status.FAILED),
        ("setup", AssertionError("no servers"), Status.BROKEN),
        ("teardown", AssertionError("not healed"), Status.BROKEN),
        ("call", HarnessTrouble("Toxiproxy ended"), Status.BROKEN),
        ("setup", NotAddressed("no zones"), Status.NOT_ADDRESSED),
        ("call", pytest.skip.Exception("no zones"), Status.NOT_ADDRESSED),
    ],
)
def test_only_a_steps_assertion_counts_against_the_service(phase: str, error: BaseException, expected: Status) -> None:
    """Set-up and tear-down are the harness's own; a skip says that something is lacking."""
    assert status_in(phase, error) == expected


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (HarnessTrouble("Toxiproxy ended\nmore"), "Toxiproxy ended"),
        (AssertionError("two primaries"), "two primaries"),
        (AssertionError(), "no more is known"),
        (KeyError("a1"), "KeyError: 'a1'"),
        (HarnessTrouble("x" * 600), "x" * 500),
    ],
)
def test_a_reason_is_one_line(error: BaseException, expected: str) -> None:
    """The first line is told; an error that is no sentence is named; nothing is longer than a table can show."""
    assert reason_of(error) == expected
