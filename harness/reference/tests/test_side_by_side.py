"""Requests that meet each other, or a failure: finished or refused, never half."""

from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from hadrill.environments.embedded.site import Parts
from hadrill.harness.drill.stage import Stage, open_stage
from hadrill.harness.engines.mysql.session import Session, SqlError
from hadrill.harness.errors import ServiceRefused
from hadrill.harness.model.instance import Edition, Instance
from hadrill.harness.reference.refusals import Code
from hadrill.harness.reference.tests.pair import LIMIT_S, Pair, api, held, new_instance, new_pair
from hadrill.harness.reference.tests.recovery import Recovery
from hadrill.harness.wait import NotYet, until

pytestmark = pytest.mark.e2e


def create(stage: Stage, edition: Edition) -> Instance | None:
    """A new instance, or None where there is no room for it."""
    with api(stage) as client:
        begun = client.post("/v1/instances", json={"edition": edition})
        if begun.status_code != httpx.codes.ACCEPTED:
            assert begun.json()["code"] == Code.NO_ROOM
            return None
        operation = f"/v1/operations/{begun.json()['operation']}"

        def over() -> str | NotYet:
            status: str = client.get(operation).json()["status"]
            return NotYet(status) if status == "running" else status

        assert until(over, "the creation to be over", timeout_s=LIMIT_S) == "done"
    return stage.service.describe(begun.json()["instance"])


def await_empty(stage: Stage) -> None:
    """Wait until no instance is left, and see that no node holds anything."""

    def empty() -> bool | NotYet:
        left = stage.service.instances()
        return NotYet(str(left)) if left else True

    until(empty, "all instances to be gone", timeout_s=LIMIT_S)
    topology = stage.site.inventory.topology
    assert {stage.site.nodes.state(node.name).state for node in topology.nodes} == {"absent"}


def test_creations_at_once_share_nothing(drill_stage: Stage) -> None:
    """Four ask for one of three addresses: three get one, with nodes of their own, and one is refused."""
    with ThreadPoolExecutor(4) as pool:
        asked = list(
            pool.map(
                lambda edition: create(drill_stage, edition), [*[Edition.HIGH_AVAILABILITY] * 2, *[Edition.BASIC] * 2]
            )
        )
    built = [instance for instance in asked if instance is not None]
    nodes = [member.node for instance in built for member in instance.members]
    assert (len(built), len({instance.address for instance in built}), len(set(nodes))) == (3, 3, len(nodes))
    for instance in built:
        drill_stage.service.release(instance.id, timeout_s=LIMIT_S)
    await_empty(drill_stage)


def test_a_creation_that_fails_leaves_nothing(drill_stage: Stage) -> None:
    """The secondary's node cannot be started: the instance is given back, and its place is free again."""
    nodes = drill_stage.site.nodes
    nodes.kill("b1")
    nodes.kill("b2")
    with pytest.raises(ServiceRefused, match="held down"):
        drill_stage.service.create(Edition.HIGH_AVAILABILITY, ("zone-a", "zone-b"), timeout_s=LIMIT_S)
    await_empty(drill_stage)
    nodes.release("b1")
    nodes.release("b2")
    again = drill_stage.service.create(Edition.HIGH_AVAILABILITY, ("zone-a", "zone-b"), timeout_s=LIMIT_S)
    drill_stage.service.release(again.id, timeout_s=LIMIT_S)
    await_empty(drill_stage)


def test_a_release_during_a_failover_is_refused_or_carried_out(parts: Parts) -> None:
    """Whoever insists is served in the end, and nothing of the instance is left, the lost server's data included."""
    with open_stage("ha", parts) as stage, new_pair(stage) as pair, api(stage) as client:
        owner, address = pair.owner, pair.now.address
        stage.site.nodes.kill(pair.primary)

        def accepted() -> bool | NotYet:
            answer = client.delete(f"/v1/instances/{pair.id}")
            if answer.status_code == httpx.codes.ACCEPTED:
                return True
            assert answer.json()["code"] == Code.BUSY
            return NotYet(answer.text)

        until(accepted, "the release to be accepted", timeout_s=LIMIT_S)
        await_empty(stage)
        with pytest.raises(SqlError):
            Session(address, owner)


def test_of_two_switches_at_once_one_is_accepted(pair: Pair) -> None:
    """The other is refused with a code and a sentence, and there is one switch."""
    old, new = pair.primary, pair.other
    with pair.writing() as writer, ThreadPoolExecutor(2) as pool:
        with held(pair.direct(new, pair.service_account())):  # neither is over before the other is asked for
            writer.await_acknowledged(3, LIMIT_S)
            answers = sorted(pool.map(lambda _: pair.ask("POST", "/switch"), range(2)))
        pair.await_rest()
        writer.await_acknowledged(3, LIMIT_S)

    assert answers == [(202, ""), (409, Code.BUSY)]
    assert (pair.primary, pair.other) == (new, old)
    pair.await_whole(writer.acknowledged)


@pytest.mark.parametrize(("one", "other"), [("release", "release"), ("release", "upgrade"), ("upgrade", "upgrade")])
def test_of_two_requests_at_once_one_is_carried_out(ha_stage: Stage, one: str, other: str) -> None:
    """The other is refused, in the middle of it or when it is over, and nothing is half done."""
    asks: dict[str, tuple[str, str, dict[str, str]]] = {
        "release": ("DELETE", "", {}),
        "upgrade": ("PATCH", "/specification", {"edition": Edition.HIGH_AVAILABILITY}),
    }
    with new_instance(ha_stage, Edition.BASIC) as basic, ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda asked: basic.ask(*asks[asked]), (one, other)))
        accepted, refused = sorted(answers)
        assert accepted == (202, "")
        assert refused in {(409, Code.BUSY), (404, Code.NOT_FOUND)}
        if (one, other)[answers.index(accepted)] == "upgrade":
            assert basic.await_rest().edition is Edition.HIGH_AVAILABILITY
            ha_stage.service.release(basic.id, timeout_s=LIMIT_S)
    await_empty(ha_stage)


def test_of_two_promotions_at_once_one_is_accepted(recovery: Recovery) -> None:
    """There is nothing left to promote for the other."""
    master, rows = recovery.pair.id, recovery.pair.rows(recovery.pair.primary)
    recovery.await_shown(rows)
    with ThreadPoolExecutor(2) as pool:
        asked = {"confirm": recovery.id, "accept_divergence": master}
        answers = sorted(pool.map(lambda _: recovery.ask("POST", "/promotion", **asked), range(2)))

    assert answers[0] == (202, "")
    assert answers[1] in {(409, Code.BUSY), (409, Code.PROMOTED_FOR_GOOD)}
    new = Pair(recovery.pair.stage, recovery.id)
    new.await_rest()
    assert new.now.promoted_from == master
    new.await_whole(rows)
