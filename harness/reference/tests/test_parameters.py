"""Parameters and the character set, set while a real pair runs and is written to."""

from typing import Any

import pytest

from hadrill.harness.engines.mysql.session import Session
from hadrill.harness.errors import ServiceRefused
from hadrill.harness.model.instance import State
from hadrill.harness.reference.operations.set_variables import SET_VARIABLES
from hadrill.harness.reference.refusals import Code
from hadrill.harness.reference.tests.pair import LIMIT_S, Pair
from hadrill.harness.reference.variables import ALLOWED, STATIC

pytestmark = pytest.mark.e2e


def running(pair: Pair, name: str) -> list[Any]:
    """What each server runs with."""
    values = []
    for member in pair.now.members:
        with pair.direct(member.node) as server:
            values.append(server.row(f"SELECT @@GLOBAL.{name} AS it")["it"])
    return values


@pytest.mark.parametrize("end", [0, 1])
def test_every_parameter_takes_its_limits_at_once(pair: Pair, end: int) -> None:
    """On both servers, without a restart and without a client that notices."""
    settings = {name: str(limits[end]) for name, limits in ALLOWED.items() if name not in STATIC}
    gates = pair.gates(pair.primary)["executed"]
    with pair.writing() as writer:
        assert pair.stage.service.set_parameters(pair.id, settings) == ()
        writer.await_acknowledged(3, LIMIT_S)
        assert (writer.failures, gates != "") == (0, True)
    assert {name: running(pair, name) for name in settings} == {name: [int(v)] * 2 for name, v in settings.items()}


def test_a_parameter_is_there_after_a_failover_and_a_restart(pair: Pair) -> None:
    """Every later start has it."""
    pair.stage.service.set_parameters(pair.id, {"table_open_cache": "640", "slow_query_log": "ON"})
    lost = pair.primary
    pair.stage.site.nodes.kill(lost)
    pair.await_state(State.RUNNING, protected=False)
    pair.stage.site.nodes.release(lost)
    pair.await_rest()
    assert (lost, running(pair, "table_open_cache"), running(pair, "slow_query_log")) == (
        pair.other,
        [640] * 2,
        [1] * 2,
    )
    pair.await_whole(frozenset())


def test_what_needs_a_restart_waits_for_one(pair: Pair) -> None:
    """It is named; nothing is restarted for it, and the next restart has it."""
    before, uptime = running(pair, "performance_schema"), pair.primary
    assert pair.stage.service.set_parameters(pair.id, {"performance_schema": "ON"}) == ("performance_schema",)
    lost = pair.other
    pair.stage.site.nodes.kill(lost)
    pair.await_state(State.RUNNING, protected=False)
    pair.stage.site.nodes.release(lost, start=False)
    pair.await_rest()
    with pair.direct(pair.primary) as primary, pair.direct(pair.other) as other:
        shown = [server.row("SELECT @@GLOBAL.performance_schema AS it")["it"] for server in (primary, other)]
    assert (before, uptime, shown) == ([0, 0], pair.primary, [0, 1])
    pair.stage.service.restart(pair.id, {}, timeout_s=LIMIT_S)
    pair.await_rest()
    assert running(pair, "performance_schema") == [1, 1]
    pair.stage.service.restart(pair.id, {"performance_schema": "OFF"}, timeout_s=LIMIT_S)
    pair.await_whole(frozenset())


def test_wrong_values_are_all_named_and_none_is_set(pair: Pair) -> None:
    """The right ones among them are not set either."""
    before = running(pair, "sort_buffer_size")
    asked = {"sync_binlog": "0", "wait_timeout": "1", "join_buffer_size": "16385", "sort_buffer_size": "40000"}
    with pytest.raises(ServiceRefused, match=Code.SETTING_NOT_ALLOWED) as refused:
        pair.stage.service.set_parameters(pair.id, asked)
    assert [name for name in asked if name not in str(refused.value).split("what can be set")[0]] == [
        "sort_buffer_size"
    ]
    assert before == running(pair, "sort_buffer_size")
    assert pair.ask("PATCH", "/parameters", {"settings": {}}) == (400, Code.INVALID_REQUEST)


def test_databases_from_now_on_have_the_character_set(pair: Pair) -> None:
    """On both servers, and those that were there before keep theirs."""
    service = pair.stage.service
    for character_set, collation in (("latin1", "latin1_swedish_ci"), ("utf8mb4", "utf8mb4_0900_ai_ci")):
        service.set_character_set(pair.id, character_set)
        assert running(pair, "collation_server") == [collation] * 2
        with Session(pair.now.address, pair.owner, answer_s=5) as client:
            client.run(f"CREATE DATABASE in_{character_set}")
    statement = "SELECT schema_name AS name, default_collation_name AS it FROM information_schema.schemata"
    pair.await_whole(frozenset())
    for member in pair.now.members:
        with pair.direct(member.node) as server:
            shown = {row["name"]: row["it"] for row in server.rows(statement)}
        assert (shown["in_latin1"], shown["in_utf8mb4"]) == ("latin1_swedish_ci", "utf8mb4_0900_ai_ci")


@pytest.mark.parametrize("character_set", ["", "utf9", "UTF8MB4", "latin1; DROP", "utf8mb4_bin", "\U0001f40b"])
def test_an_unknown_character_set_is_refused(pair: Pair, character_set: str) -> None:
    """As the server spells them."""
    before = running(pair, "character_set_server")
    asked = {"character_set": character_set}
    assert pair.ask("PUT", "/character-set", asked) == (400, Code.UNKNOWN_CHARACTER_SET)
    assert before == running(pair, "character_set_server")


@pytest.mark.parametrize("step", [step.name for step in SET_VARIABLES.steps])
def test_parameters_survive_the_managers_death(pair: Pair, step: str) -> None:
    """Whichever step it dies before and after, the next manager sets them on both servers."""
    pair.die_before(f"set-variables.{step}")
    value = str(running(pair, "lock_wait_timeout")[0] - 1)
    with pair.writing() as writer:
        pair.begin("PATCH", "/parameters", {"settings": {"lock_wait_timeout": value}})
        pair.die_after(f"set-variables.{step}")
        pair.stage.start_manager()
        assert pair.await_outcome("set-variables") == "done"
        writer.await_acknowledged(3, LIMIT_S)
    assert running(pair, "lock_wait_timeout") == [int(value)] * 2
    pair.await_whole(writer.acknowledged)


def test_parameters_that_a_server_does_not_take_are_undone(pair: Pair) -> None:
    """The secondary is lost meanwhile: the primary goes back to what it had, and so does the record."""
    pair.die_before("set-variables.apply")
    before, lost = running(pair, "lock_wait_timeout"), pair.other
    pair.begin("PATCH", "/parameters", {"settings": {"lock_wait_timeout": "77"}})
    pair.await_death()
    pair.stage.site.nodes.kill(lost)
    pair.stage.start_manager()
    assert pair.await_outcome("set-variables") == "undone"
    pair.await_state(State.RUNNING, protected=False)
    pair.stage.site.nodes.release(lost)
    pair.await_rest()
    assert before == running(pair, "lock_wait_timeout")
    pair.await_whole(frozenset())
