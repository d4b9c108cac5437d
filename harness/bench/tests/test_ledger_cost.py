"""Blocks with the ledger and bare ones, in turn."""

import os

import pytest

from hadrill.environments.embedded.site import Parts
from hadrill.environments.parts.locate import locate_needed
from hadrill.environments.parts.progress import Quiet
from hadrill.environments.parts.settings import PartSettings
from hadrill.harness.bench.ledger_cost import in_turn, ledger_against_bare


def test_blocks_take_turns_and_the_first_of_each_is_not_counted() -> None:
    """Which comes first changes, so that neither always has the warmer machine."""
    came: list[str] = []
    samples = in_turn((lambda: came.append("ledger"), lambda: came.append("bare")), 2, 10, lambda _line: None)
    assert ["bare", "ledger", "ledger", "bare", "bare", "ledger"] == came
    assert (2, 2) == (len(samples[0]), len(samples[1]))


@pytest.mark.e2e
def test_both_are_measured_on_one_server() -> None:
    """A few operations are enough to see that it works."""
    mysql, haproxy, toxiproxy = locate_needed(PartSettings.from_environ(os.environ), Quiet())
    ledger, bare, ratio = ledger_against_bare(
        Parts(mysql, haproxy.argv, toxiproxy.argv), 1, say=lambda _line: None, operations=200
    )
    assert (1, 1, 1) == (ledger.runs, bare.runs, ratio.runs)
