"""What is seen of a trial of what a console offers."""

from collections.abc import Callable

import pytest

from hadrill.harness.drill.console_trials import came_of
from hadrill.harness.errors import HarnessTrouble, ServiceRefused, WaitTimeout


def raising(error: Exception) -> Callable[[], str]:
    """A trial that ends so."""

    def trial() -> str:
        raise error

    return trial


@pytest.mark.parametrize(
    ("trial", "seen"),
    [
        (lambda: "42", "42"),
        (raising(ServiceRefused("NotOnDisasterRecovery", "it is one")), "refused with NotOnDisasterRecovery"),
        (raising(WaitTimeout("waited 90 s")), "not carried out: waited 90 s"),
    ],
    ids=["works", "is refused", "never ends"],
)
def test_a_console_that_refuses_or_never_ends_is_seen_to(trial: Callable[[], str], seen: str) -> None:
    """It is compared with what should be there, as a wrong value is."""
    assert came_of(trial) == seen


def test_an_instrument_that_failed_is_held_against_nobody() -> None:
    """A manager that did not answer may be slow; there is no verdict."""
    with pytest.raises(HarnessTrouble, match="did not answer"):
        came_of(raising(HarnessTrouble("the manager did not answer")))
