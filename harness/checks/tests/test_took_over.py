"""Who took writes while a fault stood: the server that replaced the primary, or the primary itself."""

import pytest

from hadrill.harness.checks.ran_ahead import ran_ahead
from hadrill.harness.checks.rebuilt_first import rebuilt_first
from hadrill.harness.checks.served_meanwhile import SERVED, served_meanwhile
from hadrill.harness.checks.tests.histories import A, B, errors, fault, history, load, ns, switch
from hadrill.harness.checks.took_over import TAKEN_OVER, took_over
from hadrill.harness.model.history import Stall
from hadrill.harness.model.verdict import Objective, Verdict

LOST = fault(1000, 7000)
UUID = "3e11fa47-71ca-11e1-9e33-c80aa9429562"


def test_another_server_that_answers_before_the_heal_has_taken_over() -> None:
    """The time is that of its first answer."""
    judgement = took_over(history(load(A, 0, 1000), load(B, 1600, 9000), faults=(LOST,)), LOST)

    assert judgement.verdict is Verdict.PASS
    (measure,) = judgement.measures
    assert measure.name == TAKEN_OVER
    assert measure.value == pytest.approx(0.602)


def test_one_that_answers_only_once_the_fault_is_healed_has_not() -> None:
    """Whoever is primary in the end: customers waited for the repair."""
    judgement = took_over(history(load(A, 0, 1000), errors(1000, 7000), load(B, 7000, 9000), faults=(LOST,)), LOST)

    assert [finding.sentence for finding in judgement.findings] == [
        "no server but a1 answered a write in the 6.000 s of load from process-killed of a1 until it began to be healed"
    ]


def test_after_a_switch_the_load_s_end_is_the_limit() -> None:
    """There is nothing to heal."""
    asked = switch(1000, 1200)
    judgement = took_over(history(load(A, 0, 9000), switches=(asked,)), asked)

    assert judgement.verdict is Verdict.FAIL
    assert judgement.findings[0].sentence.endswith("of load from the switch on")


def test_too_little_load_says_nothing() -> None:
    """A heal that came early, and a load that nobody answered before."""
    early = fault(1000, 1500)
    healed = took_over(history(load(A, 0, 1000), errors(1000, 1500), load(A, 1500, 3000), faults=(early,)), early)
    unmet = took_over(history(load(B, 1600, 9000), faults=(LOST,)), LOST)

    assert (healed.verdict, unmet.verdict) == (Verdict.NO_VERDICT, Verdict.NO_VERDICT)
    assert unmet.undecided == "no write was acknowledged before process-killed of a1"


def test_a_primary_that_answers_while_a_fault_stands_serves() -> None:
    """How often is told."""
    judgement = served_meanwhile(history(load(A, 0, 9000), faults=(LOST,)), LOST)

    assert judgement.verdict is Verdict.PASS
    (measure,) = judgement.measures
    assert measure.name == SERVED
    assert measure.value is not None
    assert measure.value > 100


def test_one_that_answers_nobody_until_the_heal_does_not() -> None:
    """Nor does one that another server answers for; a moment without an answer says nothing."""
    silent = history(load(A, 0, 1000), errors(1000, 7000), load(A, 7000, 9000), faults=(LOST,))
    replaced = history(load(A, 0, 1000), load(B, 2000, 9000), faults=(LOST,))
    brief = fault(1000, 1500)
    moment = history(load(A, 0, 1000), errors(1000, 1500), load(A, 1500, 3000), faults=(brief,))

    assert [finding.sentence for finding in served_meanwhile(silent, LOST).findings] == [
        "a1 acknowledged no write in 5.999 s of process-killed of a1"
    ]
    assert "in place of a1" in served_meanwhile(replaced, LOST).findings[0].sentence
    assert served_meanwhile(moment, brief).verdict is Verdict.NO_VERDICT


def test_one_that_pauses_for_longer_than_is_allowed_does_not() -> None:
    """Though it answers before and after; a pause that our own stall may explain leaves no verdict."""
    limit = Objective("a pause", 3.0, "s", "a test")
    pausing = (load(A, 0, 2000), errors(2000, 5500), load(A, 5500, 9000))

    assert served_meanwhile(history(*pausing, faults=(LOST,)), LOST).verdict is Verdict.PASS
    judgement = served_meanwhile(history(*pausing, faults=(LOST,)), LOST, longest=limit)
    assert [finding.sentence for finding in judgement.findings] == [
        "during process-killed of a1 no write was acknowledged from 1.992 s to 5.502 s, 3.510 s; allowed 3 s (a pause)"
    ]
    assert judgement.measures[1].value == 3.51
    stalled = history(*pausing, faults=(LOST,), stalls=(Stall("load", ns(3000), ns(1000)),))
    assert served_meanwhile(stalled, LOST, longest=limit).verdict is Verdict.NO_VERDICT
    assert served_meanwhile(history(load(A, 0, 9000), faults=(LOST,)), LOST, longest=limit).verdict is Verdict.PASS


def test_an_instance_that_had_nothing_of_its_own_was_not_ahead() -> None:
    """Whatever came of it shows nothing then."""
    assert ran_ahead(f"{UUID}:1-9", f"{UUID}:1-9").verdict is Verdict.NO_VERDICT
    assert ran_ahead(f"{UUID}:1-9", f"{UUID}:1-7").measures[0].value == 2


def test_a_read_only_instance_that_ran_again_with_what_no_primary_kept_is_found() -> None:
    """With the transactions; one that was never seen to run again leaves no verdict."""
    (finding,) = rebuilt_first({"a3": f"{UUID}:1-9"}, f"{UUID}:1-7:10-12").findings
    assert finding.sentence == f"a3 ran again with 2 transactions that no primary kept: {UUID}:8-9"
    assert rebuilt_first({"a3": f"{UUID}:1-7"}, f"{UUID}:1-9").verdict is Verdict.PASS
    assert rebuilt_first({}, f"{UUID}:1-9").verdict is Verdict.NO_VERDICT
