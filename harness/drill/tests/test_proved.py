"""Nothing is asked of a service on the strength of a fault that nobody saw."""

from dataclasses import replace

import pytest

from hadrill.harness.checks.tests.histories import fault
from hadrill.harness.drill.proved import followed_soon, proved
from hadrill.harness.errors import HarnessTrouble
from hadrill.harness.model.fault import Proof

UNSEEN = Proof(False, "it answers", 0)


def test_what_was_seen_to_break_and_to_be_whole_again_is_gone_on_with() -> None:
    """Healed or not."""
    records = (fault(100), fault(100, 200))

    assert proved(*records) == records


def test_what_was_not_seen_to_break_or_to_be_whole_again_is_trouble() -> None:
    """It names the fault and what was seen."""
    with pytest.raises(HarnessTrouble, match="process-killed of a1 was not seen to take effect: it answers"):
        proved(fault(100), replace(fault(100), proof=UNSEEN))
    with pytest.raises(HarnessTrouble, match="process-killed of a1 was not seen to be gone: it answers"):
        proved(replace(fault(100, 200), heal_proof=UNSEEN))


def test_a_fault_that_follows_another_too_late_is_held_against_nobody() -> None:
    """The service may have gone on without what was broken first, as its documents allow."""
    followed_soon(fault(100), fault(1100), 1.0)
    with pytest.raises(HarnessTrouble, match=r"of a1 came 1\.001 s after process-killed of a1, "):
        followed_soon(fault(100), fault(1101), 1.0)
