"""The console of a real disaster-recovery instance: refused while it is one, there once it is promoted (DR-8)."""

from collections.abc import Callable, Iterator

import pytest

from hadrill.environments.embedded.site import Parts
from hadrill.harness.errors import ServiceRefused
from hadrill.harness.model.instance import State
from hadrill.harness.reference.refusals import Code
from hadrill.harness.reference.tests.pair import LIMIT_S, Pair, api
from hadrill.harness.reference.tests.recovery import Recovery, new_recovery, pair_in_two_regions
from hadrill.harness.service.contract import Service

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def recovery(parts: Parts) -> Iterator[Recovery]:
    """One that is synchronized with its master, which has an account of the customer's own making."""
    with pair_in_two_regions(parts) as pair, new_recovery(pair) as recovery:
        pair.stage.service.create_account(pair.id, "app")
        recovery.synchronize()
        yield recovery


def features(service: Service, instance: str, port: int) -> dict[str, Callable[[], object]]:
    """What is asked for, by its name in the document."""
    return {
        "SQL operation": lambda: service.run_sql(instance, "CREATE DATABASE made_by_console"),
        "parameter settings": lambda: service.set_parameters(instance, {"wait_timeout": "1234"}),
        "changing character set": lambda: service.set_character_set(instance, "latin1"),
        "account management": lambda: service.create_account(instance, "later"),
        "an account of its master's": lambda: service.reset_password(instance, "app"),
        "changing port": lambda: service.change_port(instance, port),
        "data import": lambda: service.import_dump(instance, "CREATE DATABASE imported", timeout_s=LIMIT_S),
        "rollback": lambda: service.roll_back(instance),
        "rollback log": lambda: service.rollback_log(instance),
        "read-only instance": lambda: service.create_read_only(instance, timeout_s=LIMIT_S),
    }


def outcome(ask: Callable[[], object]) -> str:
    """The code of the refusal; empty where there is none."""
    try:
        ask()
    except ServiceRefused as refused:
        return refused.code
    return ""


def test_it_refuses_all_and_has_all_once_it_is_promoted(recovery: Recovery) -> None:
    """Nothing has changed on either of its servers by what was refused; its master has had it all the time."""
    pair, service = recovery.pair, recovery.pair.stage.service
    with api(pair.stage) as client:
        (port,) = client.get(f"/v1/instances/{pair.id}/ports").json()["offered"]
    before, told = recovery.now, server_state(recovery)
    refused = {name: outcome(ask) for name, ask in features(service, recovery.id, port).items()}
    assert set(refused.values()) == {Code.NOT_ON_DISASTER_RECOVERY}
    assert (before, told) == (recovery.now, server_state(recovery))
    service.promote(recovery.id, confirm=recovery.id, accept_divergence=pair.id, timeout_s=LIMIT_S)
    service.await_protected(recovery.id, timeout_s=LIMIT_S)
    had = {name: outcome(ask) for name, ask in features(service, recovery.id, port).items()}
    lacking = {name: code for name, code in had.items() if code}
    lacking.pop("read-only instance", "")  # there may be no node left for it
    assert lacking == {"rollback": Code.NOT_OFFERED, "rollback log": Code.NOT_OFFERED}
    assert had["read-only instance"] in {"", Code.NO_ROOM}
    now = Pair(pair.stage, recovery.id).await_rest()
    assert (now.state, now.address.port) == (State.RUNNING, port)


def server_state(recovery: Recovery) -> list[tuple[object, ...]]:
    """What the console could have changed on its servers."""
    found: list[tuple[object, ...]] = []
    for member in recovery.now.members:
        with recovery.pair.direct(member.node) as server:
            variables = server.row("SELECT @@GLOBAL.wait_timeout AS a, @@GLOBAL.character_set_server AS b")
            users = server.rows("SELECT user, host, authentication_string FROM mysql.user ORDER BY 1, 2")
            schemas = server.rows("SHOW DATABASES")
        found.append((member.node, str(variables), str(users), str(schemas)))
    return found
