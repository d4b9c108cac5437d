"""Accounts that customers make, on a real pair: let in, on both servers, and no other account is touched."""

from contextlib import suppress
from typing import Any

import pytest

from hadrill.harness.engines.mysql.session import Session, SqlError
from hadrill.harness.errors import ServiceRefused
from hadrill.harness.model.instance import Account, State
from hadrill.harness.reference.operations.switch import SWITCH
from hadrill.harness.reference.refusals import Code
from hadrill.harness.reference.tests.pair import Pair

pytestmark = pytest.mark.e2e


def allowed(pair: Pair, account: Account, statement: str) -> bool:
    """Whether an account may do this over the address."""
    denied = 0
    try:
        with Session(pair.now.address, account, answer_s=5) as client:
            client.run(statement)
    except SqlError as error:
        denied = error.args[0]
    assert denied in {0, 1044, 1045, 1142, 1227}
    return denied == 0


def known(pair: Pair, node: str) -> list[tuple[str, str, str]]:
    """Every account that a server knows, with the hash of its password."""
    with pair.direct(node) as server:
        rows = server.rows("SELECT user, host, authentication_string AS hash FROM mysql.user ORDER BY 1, 2")
        return [(row["user"], row["host"], str(row["hash"])) for row in rows]


def customers(accounts: list[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """Those that are replicated; each server has the service's own from its first boot, with a salt of its own."""
    return [account for account in accounts if not account[0].startswith("hadrill_")]


def test_an_account_from_its_making_to_its_end(pair: Pair) -> None:
    """It may do what it was granted and no more, its old password lets nobody in, and both servers know it."""
    service, reads = pair.stage.service, "SELECT COUNT(*) FROM drill.written"
    writes = "DELETE FROM drill.written WHERE id = -1"
    account = service.create_account(pair.id, "app")
    assert (allowed(pair, account, "SELECT 1"), allowed(pair, account, reads)) == (True, False)
    service.grant(pair.id, "app", "%", "drill", writes=False)
    assert (allowed(pair, account, reads), allowed(pair, account, writes)) == (True, False)
    service.grant(pair.id, "app", "%", "drill", writes=True)
    assert (allowed(pair, account, reads), allowed(pair, account, writes)) == (True, True)
    service.grant(pair.id, "app", "%", "drill", writes=False)
    assert (allowed(pair, account, reads), allowed(pair, account, writes)) == (True, False)
    renewed = service.reset_password(pair.id, "app")
    assert (allowed(pair, account, reads), allowed(pair, renewed, reads)) == (False, True)
    pair.await_whole(frozenset())
    assert customers(known(pair, pair.primary)) == customers(known(pair, pair.other))
    service.delete_account(pair.id, "app")
    assert not allowed(pair, renewed, "SELECT 1")
    pair.await_whole(frozenset())
    assert "app" not in {user for user, _, _ in known(pair, pair.other)}


def test_a_schema_of_a_like_name_is_not_granted(pair: Pair) -> None:
    """An underscore stands for itself."""
    service = pair.stage.service
    with Session(pair.now.address, pair.owner, answer_s=5) as client:
        client.run("CREATE DATABASE a_b", "CREATE DATABASE axb", "CREATE DATABASE `odd``%'\\\\`")
    account = service.create_account(pair.id, "narrow")
    service.grant(pair.id, "narrow", "%", "a_b", writes=True)
    assert allowed(pair, account, "CREATE TABLE a_b.t (i INT)")
    assert not allowed(pair, account, "CREATE TABLE axb.t (i INT)")
    service.grant(pair.id, "narrow", "%", "odd`%'\\\\", writes=True)
    assert allowed(pair, account, "CREATE TABLE `odd``%'\\\\`.t (i INT)")
    service.delete_account(pair.id, "narrow")


def test_a_host_pattern_lets_in_from_there_alone(pair: Pair) -> None:
    """Two of one name are two accounts."""
    service = pair.stage.service
    far, near = service.create_account(pair.id, "roaming", "192.0.2.1"), None
    assert not allowed(pair, far, "SELECT 1")
    near = service.create_account(pair.id, "roaming", "127.0.0.0/8")
    assert allowed(pair, near, "SELECT 1")
    service.delete_account(pair.id, "roaming", "127.0.0.0/8")
    assert not allowed(pair, near, "SELECT 1")
    service.delete_account(pair.id, "roaming", "192.0.2.1")


def test_the_services_own_accounts_are_not_the_customers(pair: Pair) -> None:
    """Neither over the console's accounts nor over its SQL."""
    before = known(pair, pair.primary)
    for user in (
        "owner",
        "reader",
        "OWNER",
        "root",
        "hadrill_service",
        "hadrill_auditor",
        "hadrill_replicator",
        "mysql.sys",
    ):
        for verb, path in (("POST", ""), ("PUT", "/password"), ("DELETE", f"?user={user}")):
            body: dict[str, Any] | None = None if verb == "DELETE" else {"user": user}
            assert pair.ask(verb, f"/accounts{path}", body) == (409, Code.ACCOUNT_RESERVED)
    for statement in ("CREATE USER x", "DROP USER reader", "SELECT * FROM mysql.user", "DELETE FROM mysql.user",
                      "SELECT * FROM mysql.slave_master_info", "GRANT SELECT ON *.* TO reader"):  # fmt: skip
        assert pair.ask("POST", "/sql", {"statement": statement}) == (400, Code.SQL_REFUSED)
    assert before == known(pair, pair.primary)


def test_what_cannot_be_done_to_an_account_is_refused(pair: Pair) -> None:
    """Twice the same, one that is not there, a schema that is not there or not the customer's, and no names."""
    service = pair.stage.service
    service.create_account(pair.id, "once")
    before = known(pair, pair.primary)
    rights = {"user": "once", "database": "drill", "writes": True}
    for verb, path, body, expected in (
        ("POST", "", {"user": "once"}, (409, Code.ACCOUNT_EXISTS)),
        ("PUT", "/password", {"user": "never"}, (404, Code.NO_SUCH_ACCOUNT)),
        ("PUT", "/password", {"user": "once", "host": "10.%"}, (404, Code.NO_SUCH_ACCOUNT)),
        ("DELETE", "?user=never", None, (404, Code.NO_SUCH_ACCOUNT)),
        ("PUT", "/rights", rights | {"user": "never"}, (404, Code.NO_SUCH_ACCOUNT)),
        ("PUT", "/rights", rights | {"database": "nowhere"}, (404, Code.NO_SUCH_SCHEMA)),
        ("PUT", "/rights", rights | {"database": "dril_"}, (404, Code.NO_SUCH_SCHEMA)),
        ("PUT", "/rights", rights | {"database": ""}, (404, Code.NO_SUCH_SCHEMA)),
        ("PUT", "/rights", rights | {"database": "mysql"}, (400, Code.ACCOUNT_NOT_ALLOWED)),
        ("POST", "", {"user": "o'brien"}, (400, Code.ACCOUNT_NOT_ALLOWED)),
        ("POST", "", {"user": "app", "host": "db.example"}, (400, Code.ACCOUNT_NOT_ALLOWED)),
        ("POST", "", {}, (400, Code.INVALID_REQUEST)),
    ):
        assert (pair.ask(verb, f"/accounts{path}", body), body) == (expected, body)
    assert before == known(pair, pair.primary)
    service.delete_account(pair.id, "once")


def test_accounts_outlive_a_failover(pair: Pair) -> None:
    """They are data like any other, and so is the knowledge of who made them."""
    account = pair.stage.service.create_account(pair.id, "lasting")
    lost = pair.primary
    pair.stage.site.nodes.kill(lost)
    pair.await_state(State.RUNNING, protected=False)
    assert allowed(pair, account, "SELECT 1")
    pair.stage.service.delete_account(pair.id, "lasting")
    pair.stage.site.nodes.release(lost)
    pair.await_whole(frozenset())


def test_an_account_waits_until_a_switch_is_over(pair: Pair) -> None:
    """The pair is in the middle of something, and nothing is changed."""
    pair.die_before(f"switch.{SWITCH.steps[1].name}")
    pair.begin("POST", "/switch")
    pair.await_death()
    pair.stage.start_manager()
    with suppress(ServiceRefused):
        pair.stage.service.create_account(pair.id, "hasty")
        pair.stage.service.delete_account(pair.id, "hasty")
    pair.await_rest()
    assert "hasty" not in {user for user, _, _ in known(pair, pair.primary)}
    pair.await_whole(frozenset())


def test_no_password_is_left_behind(pair: Pair) -> None:
    """Neither in what the manager remembers nor in what it tells or logs."""
    service = pair.stage.service
    accounts = [service.create_account(pair.id, "quiet"), service.reset_password(pair.id, "quiet")]
    service.delete_account(pair.id, "quiet")
    told = str(service.events(0))
    files = [path for path in pair.stage.site.work.rglob("*") if path.is_file() and "manager" in path.name]
    assert files
    for account in accounts:
        assert account.password not in told
        assert [path.name for path in files if account.password.encode() in path.read_bytes()] == []
