"""No check finds anything in a correct service's history, and each finds exactly what was planted for it."""

import re
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from hadrill.harness.checks.registry import CHECKS
from hadrill.harness.checks.tests.courses import ALWAYS, IN_COURSE, case_of, judged, plans
from hadrill.harness.checks.tests.planted import Planted, fits
from hadrill.harness.checks.tests.planted_in_rows import AGAINST_READERS, AGAINST_ROWS
from hadrill.harness.checks.tests.planted_in_service import AGAINST_ROLES, AGAINST_TIME
from hadrill.harness.checks.tests.planting import touched
from hadrill.harness.checks.tests.service_model import Course, Plan
from hadrill.harness.model.verdict import Finding, Judgement, Verdict

PLANTED = (*AGAINST_ROWS, *AGAINST_READERS, *AGAINST_ROLES, *AGAINST_TIME)
DOUBT_ALONE = {"answers lost", "in flight", "proofs"}
"""They say nothing against a service."""

STEADY = settings(
    deadline=None,
    derandomize=True,
    database=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow],
)
"""The same plans each time, and a busy machine makes no test fail."""


def found(judgements: dict[str, Judgement]) -> list[Finding]:
    """By check."""
    findings = [finding for judgement in judgements.values() for finding in judgement.findings]
    return sorted(findings, key=lambda finding: finding.check)


def named(finding: Finding) -> set[int]:
    """The rows that a finding names, in its sentence or below it."""
    return {*finding.keys, *(int(number) for number in re.findall(r"\brow (\d+)", finding.sentence))}


@pytest.mark.parametrize("course", Course)
def test_a_correct_service_passes_every_check(course: Course) -> None:
    """There is no finding, and no doubt either: the history has all that each check needs."""

    @settings(STEADY, max_examples=20)
    @given(plans(course))
    def every(plan: Plan) -> None:
        judgements = judged(case_of(plan))
        assert {name: each for name, each in judgements.items() if each.verdict is not Verdict.PASS} == {}

    every()


@pytest.mark.parametrize("planted", PLANTED, ids=lambda planted: str(planted.what))
def test_one_violation_is_exactly_what_is_found(planted: Planted) -> None:
    """By the checks that it concerns, once each, and by no other; they say what it is, and in which row it was done."""

    @settings(STEADY, max_examples=3)
    @given(plans(planted.course))
    def every(plan: Plan) -> None:
        case = case_of(plan)
        violated = planted.plant(case)
        findings = found(judged(violated))
        assert [finding.check for finding in findings] == sorted(planted.found)
        assert [each.sentence for each in findings if not fits(each.sentence, planted.found[each.check], plan)] == []
        assert [each for each in findings if each.keys and not touched(case, violated) & named(each)] == []

    every()


def test_every_check_of_the_room_is_among_them() -> None:
    """Each is asked of a correct service, and each that can find anything has something planted for it."""
    asked = ALWAYS.keys() | {name for checks in IN_COURSE.values() for name in checks}

    assert asked == CHECKS.keys()
    assert {check for planted in PLANTED for check in planted.found} == CHECKS.keys() - DOUBT_ALONE


@settings(STEADY, max_examples=3)
@given(plans(Course.FAILOVER), st.booleans())
def test_a_fault_without_effect_and_one_that_nobody_felt_are_doubted(plan: Plan, healed: bool) -> None:
    """They find nothing: they take the verdict away."""
    case = case_of(plan)
    fault, unseen = case.fault, replace(case.fault.proof, holds=False)
    unproved = replace(fault, heal_proof=unseen) if healed else replace(fault, proof=unseen)
    early = replace(fault, injected_ns=0, effective_ns=0)

    for wrong, check in ((unproved, "proofs"), (early, "in flight")):
        judgements = judged(replace(case, history=replace(case.history, faults=(wrong,))))
        assert judgements[check].verdict is Verdict.NO_VERDICT
