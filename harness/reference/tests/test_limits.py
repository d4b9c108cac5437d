"""What the manager does not do: each is refused with a documented code and a sentence, and changes nothing."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from hadrill.harness.drill.stage import Stage
from hadrill.harness.engines.mysql.session import Session
from hadrill.harness.errors import ServiceRefused
from hadrill.harness.model.instance import Edition, Role, State
from hadrill.harness.reference.refusals import Code
from hadrill.harness.reference.tests.pair import LIMIT_S, Pair, api
from hadrill.harness.reference.tests.writer import CREATE
from hadrill.harness.wait import NotYet, until

pytestmark = pytest.mark.e2e

HA, BASIC = Edition.HIGH_AVAILABILITY, Edition.BASIC


@pytest.fixture
def client(drill_stage: Stage) -> Iterator[httpx.Client]:
    """Speaks to the manager of the large stage."""
    with api(drill_stage) as client:
        yield client


def refusal(answer: httpx.Response) -> tuple[int, str]:
    """Status and code of a refusal that says why in a sentence."""
    body = answer.json()
    assert len(body["message"].split()) > 3
    return answer.status_code, body["code"]


@pytest.mark.parametrize(
    ("asked", "status", "code"),
    [
        ({"edition": HA, "zones": ["zone-a", "zone-c"]}, 400, Code.SECOND_REGION),
        ({"edition": HA, "zones": ["zone-x"]}, 400, Code.UNKNOWN_PLACE),
        ({"edition": HA, "zones": ["zone-c"]}, 409, Code.NO_ROOM),
        ({"edition": BASIC, "zones": ["zone-a", "zone-b"]}, 400, Code.INVALID_REQUEST),
        ({"edition": "enterprise"}, 400, Code.INVALID_REQUEST),
        ({"edition": BASIC, "zone": "zone-a"}, 400, Code.INVALID_REQUEST),
        ({}, 400, Code.INVALID_REQUEST),
    ],
)
def test_what_cannot_be_built_is_refused(client: httpx.Client, asked: dict[str, Any], status: int, code: Code) -> None:
    """Nothing is created, and no node or address is taken."""
    assert refusal(client.post("/v1/instances", json=asked)) == (status, code)
    assert client.get("/v1/instances").json() == []


def test_what_is_unknown_is_not_found(client: httpx.Client) -> None:
    """Instances and operations that never were."""
    calls = [("GET", ""), ("GET", "/accounts"), ("POST", "/switch"), ("DELETE", "")]
    for verb, path in calls:
        assert refusal(client.request(verb, f"/v1/instances/db-0{path}")) == (404, Code.NOT_FOUND)
    assert refusal(client.get("/v1/operations/999999")) == (404, Code.NO_SUCH_OPERATION)


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer wrong"}, {"Authorization": "Basic d3Jvbmc6"}])
def test_every_call_needs_the_token(drill_stage: Stage, headers: dict[str, str]) -> None:
    """Every route under /v1 that the description knows, asked without it or with a wrong one."""
    with httpx.Client(base_url=f"http://{drill_stage.program.endpoint}", headers=headers, trust_env=False) as stranger:
        paths = stranger.get("/openapi.json").json()["paths"]
        calls = [(verb, path.format(instance="db-0", operation=1)) for path, verbs in paths.items() for verb in verbs]
        answers = {call: refusal(stranger.request(*call)) for call in calls}
    assert set(answers.values()) == {(401, Code.UNAUTHORIZED)}


def test_the_description_names_every_refusal(client: httpx.Client) -> None:
    """Both for machines and for people, and the page for people loads nothing from anywhere."""
    description, page = client.get("/openapi.json").json(), client.get("/docs").text
    assert set(description["components"]["schemas"]["Code"]["enum"]) == set(Code)
    assert [code for code in Code if code not in page] == []
    assert [loads for loads in ("http://", "https://", "src=", "@import", "url(", "<script") if loads in page] == []


def test_a_basic_instance_is_not_switched(drill_stage: Stage, client: httpx.Client) -> None:
    """It has no secondary; it goes on as it was."""
    basic = drill_stage.service.create(BASIC, (), timeout_s=LIMIT_S)
    noted = client.get("/v1/events").json()
    assert refusal(client.post(f"/v1/instances/{basic.id}/switch")) == (409, Code.EDITION_HAS_NO_SECONDARY)
    assert (basic, noted) == (drill_stage.service.describe(basic.id), client.get("/v1/events").json())
    drill_stage.service.release(basic.id, timeout_s=LIMIT_S)


def test_an_instance_is_in_the_middle_of_one_thing(pair: Pair) -> None:
    """A switch or a release during a switch is refused, and the switch goes on."""
    nodes, old, new = pair.stage.site.nodes, pair.primary, pair.other
    with api(pair.stage) as client, pair.writing() as writer:
        nodes.pause(new)  # so that the switch takes a while
        begun = client.post(f"/v1/instances/{pair.id}/switch")
        refusals = [
            refusal(client.post(f"/v1/instances/{pair.id}/switch")),
            refusal(client.delete(f"/v1/instances/{pair.id}")),
        ]
        nodes.resume(new)
        pair.await_rest()
    assert (begun.status_code, refusals) == (202, [(409, Code.BUSY)] * 2)
    assert (new, old) == (pair.primary, pair.other)
    pair.await_whole(writer.acknowledged)


def test_a_pair_without_a_secondary_in_sync_is_not_switched(pair: Pair) -> None:
    """Neither while the secondary is lost nor while the whole pair is down."""
    nodes, primary, secondary = pair.stage.site.nodes, pair.primary, pair.other
    with api(pair.stage) as client:
        nodes.kill(secondary)
        pair.await_state(State.RUNNING, protected=False)
        refusals = [until(lambda: idle_refusal(client, pair), "an answer", timeout_s=LIMIT_S)]
        nodes.kill(primary)
        pair.await_state(State.DOWN, protected=False)
        refusals += [until(lambda: idle_refusal(client, pair), "an answer", timeout_s=LIMIT_S)]
    nodes.release(primary)
    nodes.release(secondary)
    assert [(409, Code.NOT_PROTECTED)] * 2 == refusals
    pair.await_whole(frozenset())
    assert primary == pair.now.having(Role.PRIMARY)[0]


def idle_refusal(client: httpx.Client, pair: Pair) -> tuple[int, str] | NotYet:
    """How a switch is refused once the manager is in the middle of nothing."""
    refused = refusal(client.post(f"/v1/instances/{pair.id}/switch"))
    return NotYet("busy") if refused[1] == Code.BUSY else refused


def test_a_second_instance_waits_for_the_first_to_be_released(basic_stage: Stage) -> None:
    """A release frees node and address; the next customer gets both, and nothing of what was on them."""
    service = basic_stage.service
    first = service.create(BASIC, (), timeout_s=LIMIT_S)
    with Session(first.address, service.accounts(first.id)[0], answer_s=5) as customer:
        customer.run(*CREATE)
    with pytest.raises(ServiceRefused, match=Code.NO_ROOM):
        service.create(BASIC, (), timeout_s=LIMIT_S)
    assert service.instances() == (first,)
    service.release(first.id, timeout_s=LIMIT_S)
    assert (basic_stage.site.nodes.state("a1").state, service.instances()) == ("absent", ())
    second = service.create(BASIC, (), timeout_s=LIMIT_S)
    assert (second.address, second.members) == (first.address, first.members)
    with Session(second.address, service.accounts(second.id)[0], answer_s=5) as customer:
        assert customer.rows("SHOW DATABASES LIKE 'drill'") == ()
