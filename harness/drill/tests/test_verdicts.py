"""What of the record is judged: all that was on it when it was read, and when it is read anew."""

import pytest

from hadrill.harness.drill.recorder import Recorder
from hadrill.harness.drill.recovery_verdicts import RecoveryVerdicts
from hadrill.harness.drill.verdicts import Verdicts, no_instruments
from hadrill.harness.errors import HarnessTrouble, PromiseBroken
from hadrill.harness.model.difference import Difference
from hadrill.harness.model.fault import FaultRecord, Proof
from hadrill.harness.model.history import Comparison

ALIKE = Comparison("a1", "b1", tables=1, rows=2)
UNLIKE = Comparison("a1", "c1", tables=1, rows=2, differences=(Difference("s.t", "id 1", "01", "02"),))
UNPROVED = FaultRecord("process-killed", "a1", 1, 2, Proof(holds=False, observed="a1 runs", at_ns=3), disrupts=True)


@pytest.fixture
def judge(recorder: Recorder) -> Verdicts:
    """Of a scenario that has begun."""
    return Verdicts(recorder, recorder.run.objectives, no_instruments)


def test_what_came_since_the_record_was_read_is_judged_once_it_is_read_anew(judge: Verdicts) -> None:
    """A comparison that was made later could not fail before: that of chosen tables was."""
    judge.recorder.comparison(ALIKE)
    judge.faults_took_effect()
    judge.recorder.comparison(UNLIKE)
    judge.equality()

    judge.read_anew()

    with pytest.raises(PromiseBroken, match="a1 and c1 do not agree on 1 row"):
        judge.equality()


def test_a_fault_is_asked_about_by_the_record_as_it_is_now(judge: Verdicts) -> None:
    """Where it is asked several times, the later faults count as well."""
    judge.faults_took_effect()
    judge.recorder.injected(UNPROVED)

    with pytest.raises(HarnessTrouble, match="not seen to take effect"):
        judge.faults_took_effect()


def test_what_a_feature_never_brought_about_is_told_in_a_sentence(judge: Verdicts) -> None:
    """Whoever writes one of their own sees what is missing."""
    with pytest.raises(HarnessTrouble, match="nothing was broken; put a When before it"):
        judge.served_all_the_while("writes meanwhile")
    with pytest.raises(HarnessTrouble, match="nothing was broken; put a When before it"):
        judge.stays_down("a1")
    with pytest.raises(HarnessTrouble, match="none was made; put a When before it"):
        judge.disconnection()
    with pytest.raises(HarnessTrouble, match="0 lines were laid, and this Then judges the lag over number 1"):
        RecoveryVerdicts(judge.recorder, judge.objectives, no_instruments).quicker("the first line", "the second line")
