"""Operations as lists of steps."""

import pytest

from hadrill.harness.reference.operations.plans import PLANS
from hadrill.harness.reference.records import OperationKind


@pytest.mark.parametrize("kind", sorted(set(OperationKind) - {OperationKind.IMPORT}))  # no keeper runs that one
def test_every_operation_has_a_plan_with_distinct_steps(kind: OperationKind) -> None:
    """A step on record must name one place to resume at."""
    names = [step.name for step in PLANS[kind].steps]
    assert sorted(set(names)) == sorted(names)


def test_a_switch_can_be_undone_until_it_turns() -> None:
    """Before the roles change on record the old primary can go on; afterwards it must be finished."""
    plan = PLANS[OperationKind.SWITCH]
    undoable = [step.name for step in plan.steps if not plan.must_finish(step.name)]
    assert undoable == ["announce", "close", "drain"]


def test_a_plan_resumes_at_the_step_on_record() -> None:
    """Steps before it are not run again."""
    names = [step.name for step in PLANS[OperationKind.FAILOVER].remaining("drain")]
    assert names == ["drain", "turn", "admit", "forget"]
