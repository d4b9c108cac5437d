"""Readers who are answered no more, though all that was broken is whole again. Unit: seconds."""

from typing import Final

from hadrill.harness.checks.wording import number_of
from hadrill.harness.model.history import History
from hadrill.harness.model.operation import Operations, Outcome

TRIED_S: Final = 0.5
"""For less than that an instance may still be on its way back."""

FEWEST: Final = 3


def left_alone(history: History, reads: Operations, where: str) -> str:
    """A sentence where none of the reads since the last event, and its heal, was answered; else empty.

    Args:
        history: of these reads.
        reads: that were tried at one place, whatever came of them.
        where: they were tried, in words.
    """
    end_ns = int(reads["sent_ns"].max(initial=0))
    faults = [fault for fault in history.faults if fault.injected_ns <= end_ns]
    if any(fault.healed_ns is None or fault.healed_ns > end_ns for fault in faults):
        return ""
    switches = [switch.finished_ns or switch.asked_ns for switch in history.switches if switch.asked_ns <= end_ns]
    since_ns = max([*(fault.healed_ns or 0 for fault in faults), *switches], default=0)
    later = reads[reads["sent_ns"] > since_ns]
    tried_s = (end_ns - since_ns) / 1e9
    if not since_ns or len(later) < FEWEST or tried_s < TRIED_S or (later["outcome"] == Outcome.ACKNOWLEDGED).any():
        return ""
    return f"{where} {number_of(len(later), 'read')} tried in the {tried_s:.3f} s after all was done, none answered"
