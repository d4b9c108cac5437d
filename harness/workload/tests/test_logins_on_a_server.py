"""The listed errors that a login can be given: each one's number, and that it let nobody in."""

import pytest

from hadrill.harness.model.instance import Account
from hadrill.harness.model.operation import Outcome
from hadrill.harness.workload.tests.bare_server import READER, BareServer
from hadrill.harness.workload.tests.talk import ACKNOWLEDGED, Talk, setting

pytestmark = pytest.mark.e2e


@pytest.mark.parametrize(
    ("account", "prepare", "error"),
    [
        (Account("owner", "wrong"), (), 1045),
        (Account("locked", "x"), ("CREATE USER locked@'127.0.0.1' IDENTIFIED BY 'x' ACCOUNT LOCK",), 3118),
    ],
)
def test_login_that_is_refused(server: BareServer, account: Account, prepare: tuple[str, ...], error: int) -> None:
    """A login that the server denies lets nobody in."""
    server.run("DROP USER IF EXISTS locked@'127.0.0.1'", *prepare)
    assert Talk(server, account).log_in() == (Outcome.REFUSED, error)


def test_account_that_was_tried_too_often(server: BareServer) -> None:
    """An account can lock itself after wrong passwords."""
    server.run(
        "DROP USER IF EXISTS shut@'127.0.0.1'",
        "CREATE USER shut@'127.0.0.1' IDENTIFIED BY 'x' FAILED_LOGIN_ATTEMPTS 1 PASSWORD_LOCK_TIME 1",
    )
    wrong = [Talk(server, Account("shut", "wrong")).log_in() for _ in range(2)]
    assert wrong[-1] == (Outcome.REFUSED, 3955)


def test_account_s_limit(server: BareServer) -> None:
    """An account that used up its share is refused."""
    server.run("ALTER USER reader@'127.0.0.1' WITH MAX_CONNECTIONS_PER_HOUR 1")
    reader = Talk(server, READER)
    assert [reader.log_in(), Talk(server, READER).log_in()] == [ACKNOWLEDGED, (Outcome.REFUSED, 1226)]
    server.run("ALTER USER reader@'127.0.0.1' WITH MAX_CONNECTIONS_PER_HOUR 0")


@pytest.mark.parametrize(
    ("variable", "value", "error"),
    [
        ("offline_mode", "ON", 3032),
        ("require_secure_transport", "ON", 3159),
        ("max_connections", "1", 1040),
        ("max_user_connections", "1", 1203),
    ],
)
def test_server_that_lets_nobody_in(server: BareServer, variable: str, value: str, error: int) -> None:
    """A server that is closed, or full, refuses the login."""
    talks = [Talk(server), Talk(server)]
    with setting(server, variable, value):
        told = [talk.log_in() for talk in talks]
    for talk in talks:
        talk.conversation.drop()
    assert told[-1] == (Outcome.REFUSED, error)
