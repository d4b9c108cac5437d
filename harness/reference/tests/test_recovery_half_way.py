"""The manager dies in the midst of a delivery, a copy, a promotion or a switch back: finished, never between."""

from itertools import zip_longest

import pytest

from hadrill.environments.embedded.site import Parts
from hadrill.harness.model.instance import Instance, InstanceType, State
from hadrill.harness.reference.operations.create_disaster_recovery import CREATE_DISASTER_RECOVERY
from hadrill.harness.reference.operations.promote import PROMOTE
from hadrill.harness.reference.operations.recovery_pair import JOIN
from hadrill.harness.reference.operations.step import Plan
from hadrill.harness.reference.operations.switch_back import SWITCH_BACK
from hadrill.harness.reference.operations.synchronize import SYNCHRONIZE
from hadrill.harness.reference.tests.pair import LIMIT_S, Pair
from hadrill.harness.reference.tests.recovery import AWAY, Recovery, pair_in_two_regions
from hadrill.harness.reference.tests.writer import INSERT
from hadrill.harness.wait import NotYet, until

pytestmark = pytest.mark.e2e


def points(kind: str, plan: Plan) -> list[str]:
    """Before each step."""
    return [f"{kind}.{step.name}" for step in plan.steps]


ROUNDS = tuple(
    zip_longest(
        points("create-disaster-recovery", CREATE_DISASTER_RECOVERY),
        points("synchronize", SYNCHRONIZE) + points("join", JOIN),
        points("promote", PROMOTE),
    )
)


def revive(pair: Pair, point: str) -> None:
    """The manager killed itself before the step, the next one after it; a third one goes on."""
    pair.die_after(point)
    pair.stage.start_manager()


def delivered(pair: Pair) -> Recovery:
    """Wait for the one that is being created."""

    def there() -> Instance | NotYet:
        (new,) = pair.stage.service.list_instances(instance_type=InstanceType.DISASTER_RECOVERY)
        return new if new.state is State.RUNNING else NotYet(str(new))

    return Recovery(pair, until(there, "the new one", timeout_s=LIMIT_S).id)


def await_open(recovery: Recovery) -> None:
    """Wait until it takes the place of its master, protected, and takes a write."""
    recovery.pair.stage.service.await_protected(recovery.id, timeout_s=LIMIT_S)
    with recovery.connect() as owner:
        owner.rows(INSERT, (-1,))
    assert (recovery.now.type, recovery.now.promoted_from) == (InstanceType.REGULAR, recovery.pair.id)


@pytest.mark.parametrize(("creates", "synchronizes", "promotes"), ROUNDS)
def test_each_survives_the_managers_death(
    parts: Parts, creates: str | None, synchronizes: str | None, promotes: str | None
) -> None:
    """Whichever step it dies before and after, the next manager carries it out, and no row is lost on the way."""
    with pair_in_two_regions(parts) as pair:
        if creates:
            pair.die_before(creates)
        pair.begin("POST", "/disaster-recovery", {"region": AWAY})
        if creates:
            revive(pair, creates)
        recovery = delivered(pair)
        if synchronizes:
            pair.die_before(synchronizes)
        with pair.writing() as writer:
            Pair(pair.stage, recovery.id).begin("POST", "/synchronizations", {"name": "first"})
            if synchronizes:
                revive(pair, synchronizes)
            recovery.await_whole()
        recovery.await_alike()
        assert writer.acknowledged <= recovery.shown()
        if promotes:
            pair.die_before(promotes)
        confirmed = {"confirm": recovery.id, "accept_divergence": pair.id}
        Pair(pair.stage, recovery.id).begin("POST", "/promotion", confirmed)
        if promotes:
            revive(pair, promotes)
        await_open(recovery)
        assert writer.acknowledged <= recovery.shown()


@pytest.mark.parametrize("point", points("switch-back", SWITCH_BACK))
def test_a_switch_back_survives_the_managers_death(recovery: Recovery, point: str) -> None:
    """It is carried out, its master stays closed, and no acknowledged row is missing."""
    pair = recovery.pair
    pair.die_before(point)
    with pair.writing() as writer:
        Pair(pair.stage, recovery.id).begin("POST", "/switch-back", {"confirm": recovery.id})
        revive(pair, point)
        await_open(recovery)
        writer.await_failures(3, LIMIT_S)
    assert writer.acknowledged <= recovery.shown()
    assert pair.writable() == []
