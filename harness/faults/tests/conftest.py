"""What tests of faults share."""

import pytest

from hadrill.harness.faults.tests.songs import WELL


@pytest.fixture
def answered_well(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every link answers at once, as far as can be heard: a stall of ours would look like a fault's effect."""
    monkeypatch.setattr("hadrill.harness.faults.canary._timed", lambda *_: WELL)
