"""What a disaster-recovery instance refuses: all of it that means something here, with nothing changed."""

from pathlib import Path
from typing import Any

import pytest

from hadrill.harness.model.instance import InstanceType
from hadrill.harness.reference.decisions import Decisions
from hadrill.harness.reference.records import OperationKind
from hadrill.harness.reference.refusals import Code, Refusal
from hadrill.harness.reference.requests.console import Feature, offered
from hadrill.harness.reference.tests.console_app import ConsoleApp

DR, REGULAR, READ_ONLY = InstanceType.DISASTER_RECOVERY, InstanceType.REGULAR, InstanceType.READ_ONLY

ACCOUNT = {"user": "app", "host": "%"}
CALLS: list[tuple[str, str, dict[str, Any] | None, str]] = [
    ("POST", "/sql", {"statement": "SELECT 1"}, "an SQL operation"),
    ("PATCH", "/parameters", {"settings": {"wait_timeout": "100"}}, "setting parameters"),
    ("PUT", "/character-set", {"character_set": "latin1"}, "changing the character set"),
    ("POST", "/accounts", ACCOUNT, "account management"),
    ("PUT", "/accounts/rights", ACCOUNT | {"database": "drill"}, "account management"),
    ("PUT", "/accounts/password", ACCOUNT, "account management"),
    ("DELETE", "/accounts?user=app", None, "account management"),
    ("GET", "/ports", None, "changing the port"),
    ("PUT", "/port", {"port": 1}, "changing the port"),
    ("POST", "/import", {"dump": "SELECT 1"}, "data import"),
    ("POST", "/read-only", {}, "a read-only instance"),
    ("POST", "/rollback", None, "rollback"),
    ("GET", "/rollback-log", None, "the rollback log"),
]


@pytest.fixture
def app(tmp_path: Path) -> ConsoleApp:
    """One instance of each type."""
    return with_instances(ConsoleApp(tmp_path))


def with_instances(app: ConsoleApp) -> ConsoleApp:
    """One of each type."""
    for kind, node, address in ((REGULAR, "a1", 0), (DR, "b1", 1), (READ_ONLY, "c1", 2)):
        app.add(f"db-{kind}", kind, node, address)
    return app


def answers(app: ConsoleApp, instance: str) -> dict[str, tuple[int, str, str]]:
    """Status, code and sentence of every call of the console."""
    found = {}
    for verb, path, body, _ in CALLS:
        status, answer = app.ask(verb, f"/instances/{instance}{path}", body)
        found[f"{verb} {path}"] = (status, answer.get("code", ""), answer.get("message", ""))
    return found


@pytest.mark.parametrize("busy", [False, True])
def test_a_disaster_recovery_instance_refuses_it(app: ConsoleApp, busy: bool) -> None:
    """With a code of its own and a sentence that names the feature and what to do; whatever it is doing."""
    if busy:
        app.store.begin(f"db-{DR}", OperationKind.SWITCH, "announce", {})
    before, features = app.memory(), {f"{verb} {path}": feature for verb, path, _, feature in CALLS}
    for call, (status, code, sentence) in answers(app, f"db-{DR}").items():
        assert (call, status, code) == (call, 409, Code.NOT_ON_DISASTER_RECOVERY)
        assert f"does not support {features[call]}; ask its master db-master for it, or promote" in sentence
    assert before == app.memory()


def test_another_instance_does_not_refuse_it_for_that(app: ConsoleApp) -> None:
    """What it lacks here is a server, or room; rollback is said not to be offered, by any instance."""
    for call, (status, code, _) in answers(app, f"db-{REGULAR}").items():
        assert (call, code == Code.NOT_OFFERED) == (call, "rollback" in call)
        assert code in {"", Code.NOT_RUNNING, Code.NO_ROOM, Code.PORT_NOT_OFFERED, Code.NOT_OFFERED}
        assert (status < 500) == (code != Code.NOT_OFFERED)


def test_a_busy_an_unknown_and_a_read_only_instance_refuse_it(app: ConsoleApp) -> None:
    """As they refuse all else."""
    app.store.begin(f"db-{REGULAR}", OperationKind.SWITCH, "announce", {})
    before = app.memory()
    for instance, expected in ((REGULAR, Code.BUSY), ("none", Code.NOT_FOUND), (READ_ONLY, Code.IS_READ_ONLY)):
        assert {code for _, code, _ in answers(app, f"db-{instance}").values()} == {expected}
    assert before == app.memory()


def test_an_import_keeps_other_requests_out(app: ConsoleApp) -> None:
    """A second one among them; whoever keeps the instance is not held up."""
    operation = app.store.begin_import(f"db-{REGULAR}", 3)
    assert {code for _, code, _ in answers(app, f"db-{REGULAR}").values()} == {Code.BUSY}
    assert app.store.running(f"db-{REGULAR}") is None
    app.store.begin(f"db-{REGULAR}", OperationKind.FAILOVER, "cut", {})
    app.store.note_import(operation, 2, ("statement 1: 1064 no",))
    _, shown = app.ask("GET", f"/operations/{operation}")
    assert (shown["statements"], shown["done"], shown["failed"]) == (3, 2, ["statement 1: 1064 no"])


def test_a_sabotaged_service_lets_it_through(tmp_path: Path) -> None:
    """The decision is what refuses, and nothing else does."""
    app = with_instances(ConsoleApp(tmp_path, Decisions(dr_refuses_console=False)))
    assert Code.NOT_ON_DISASTER_RECOVERY not in {code for _, code, _ in answers(app, f"db-{DR}").values()}


@pytest.mark.parametrize("opens", [True, False])
def test_an_activated_instance_takes_it(tmp_path: Path, opens: bool) -> None:
    """A sabotaged one refuses on."""
    app = ConsoleApp(tmp_path, Decisions(activation_opens_console=opens))
    app.add("db-0", REGULAR, "a1", 0, promoted_from="db-master")
    codes = {code for _, code, _ in answers(app, "db-0").values()}
    assert (Code.NOT_ON_DISASTER_RECOVERY in codes) != opens


@pytest.mark.parametrize("changes_nothing", [True, False])
def test_what_is_refused_is_not_done(tmp_path: Path, changes_nothing: bool) -> None:
    """A sabotaged service says the same and does it all the same."""
    app, done = with_instances(ConsoleApp(tmp_path, Decisions(refused_changes_nothing=changes_nothing))), False
    with pytest.raises(Refusal), offered(app.manager, f"db-{DR}", Feature.PORT):
        done = True
    assert done != changes_nothing
