"""The address moves to another port, where there are several."""

from collections.abc import Iterator

import pytest

from hadrill.harness.drill.stage import Stage
from hadrill.harness.engines.mysql.session import Session, SqlError
from hadrill.harness.errors import ServiceRefused
from hadrill.harness.model.instance import Account, Edition, Endpoint
from hadrill.harness.reference.operations.change_port import CHANGE_PORT
from hadrill.harness.reference.refusals import Code
from hadrill.harness.reference.tests.pair import LIMIT_S, Pair, api, new_instance

pytestmark = pytest.mark.e2e


@pytest.fixture
def basic(drill_stage: Stage) -> Iterator[Pair]:
    """A Basic instance where there are four addresses; released afterwards."""
    with new_instance(drill_stage, Edition.BASIC) as basic:
        yield basic
        basic.await_idle()
        drill_stage.service.release(basic.id, timeout_s=LIMIT_S)


def offered(pair: Pair) -> list[int]:
    """The ports that it could move to."""
    with api(pair.stage) as client:
        return list(client.get(f"/v1/instances/{pair.id}/ports").json()["offered"])


def lets_in(endpoint: Endpoint, account: Account) -> bool:
    """Whether there is a server at this address."""
    try:
        with Session(endpoint, account, answer_s=5) as client:
            return bool(client.row("SELECT 1 AS alive"))
    except SqlError:
        return False


def test_the_address_moves_to_a_port_that_is_offered(basic: Pair) -> None:
    """Whoever was connected is cut off, the old port is closed and free for others, and nothing else has changed."""
    before, ports = basic.now, offered(basic)
    assert (len(ports), before.address.port in ports) == (3, False)
    with Session(before.address, basic.owner, answer_s=5) as client:
        client.row("SELECT 1")
        moved = basic.stage.service.change_port(basic.id, ports[-1])
        with pytest.raises(SqlError):
            client.row("SELECT 1")
    assert (moved, moved.port) == (basic.now.address, ports[-1])
    assert (lets_in(moved, basic.owner), lets_in(before.address, basic.owner)) == (True, False)
    assert (basic.now.members, basic.now.state, basic.now.reason) == (before.members, before.state, before.reason)
    assert sorted(offered(basic)) == sorted({*ports, before.address.port} - {ports[-1]})
    with basic.writing() as writer:
        basic.stage.site.nodes.kill(basic.primary, hold=False)
        writer.await_acknowledged(3, LIMIT_S)
    assert writer.acknowledged <= basic.rows(basic.primary)


def test_a_port_that_is_not_offered_is_refused(basic: Pair) -> None:
    """Its own, one that another instance has, and one that there is not; those that are offered are listed."""
    before, ports = basic.now, offered(basic)
    with pytest.raises(ServiceRefused, match=", ".join(map(str, ports))):
        basic.stage.service.change_port(basic.id, before.address.port)
    with new_instance(basic.stage, Edition.BASIC) as other:
        for port in (other.now.address.port, before.address.port, 1, 65_535):
            assert basic.ask("PUT", "/port", {"port": port}) == (409, Code.PORT_NOT_OFFERED)
        basic.stage.service.release(other.id, timeout_s=LIMIT_S)
    for wrong in (0, 65_536, "many", None):
        assert basic.ask("PUT", "/port", {"port": wrong}) == (400, Code.INVALID_REQUEST)
    assert (before, ports) == (basic.now, offered(basic))


@pytest.mark.parametrize("step", [step.name for step in CHANGE_PORT.steps])
def test_a_move_survives_the_managers_death(basic: Pair, step: str) -> None:
    """Whichever step it dies before and after, it is carried out, and neither port is given away meanwhile."""
    basic.die_before(f"change-port.{step}")
    before, ports = basic.now.address, offered(basic)
    basic.begin("PUT", "/port", {"port": ports[0]})
    basic.die_after(f"change-port.{step}")
    basic.stage.start_manager()
    with new_instance(basic.stage, Edition.BASIC) as other:
        taken = other.now.address.port
        basic.stage.service.release(other.id, timeout_s=LIMIT_S)
    assert basic.await_outcome("change-port") == "done"
    moved = basic.await_idle().address
    assert (moved.port, taken != moved.port) == (ports[0], True)
    assert (lets_in(moved, basic.owner), lets_in(before, basic.owner)) == (True, False)
