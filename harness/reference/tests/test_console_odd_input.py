"""Whatever is asked of the console, however odd: a refusal with a code and a sentence, and nothing has changed."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from hadrill.harness.model.instance import InstanceType
from hadrill.harness.reference.tests.console_app import ConsoleApp

ODD = st.text(st.characters(codec=None), max_size=80) | st.sampled_from(
    ["'", "`", "\\", "\0", "%", "_", "owner", "root", "latin1", "utf8mb4", "wait_timeout", "100", "64M", "\ud800", "🐋"]
)
VALUES = ODD | st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.lists(ODD, max_size=2)
CALLS: list[tuple[str, str, tuple[str, ...]]] = [
    ("POST", "/accounts", ("user", "host")),
    ("PUT", "/accounts/rights", ("user", "host", "database", "writes")),
    ("PUT", "/accounts/password", ("user", "host")),
    ("PUT", "/character-set", ("character_set",)),
    ("PUT", "/port", ("port",)),
    ("POST", "/sql", ("statement",)),
    ("POST", "/import", ("dump",)),
]
UNHURRIED = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> ConsoleApp:
    """One instance, whose server nobody can reach, so that nothing can be accepted; and no free address."""
    app = ConsoleApp(Path(tmp_path_factory.mktemp("state")))
    for address, node in enumerate(("a1", "b1", "c1")):
        app.add(f"db-{address}", InstanceType.REGULAR, node, address)
    return app


def require_refused(app: ConsoleApp, verb: str, path: str, body: Any) -> None:
    """A documented refusal, told in words that can be read; what is remembered is what it was."""
    before = app.memory()
    status, answer = app.ask(verb, f"/instances/db-0{path}", None if body is None else json.dumps(body).encode())
    assert (400 <= status < 500, len(answer["message"].split()) > 3) == (True, True)
    assert before == app.memory()


@pytest.mark.parametrize(("verb", "path", "names"), CALLS)
def test_a_body_is_refused_whatever_is_in_it(app: ConsoleApp, verb: str, path: str, names: tuple[str, ...]) -> None:
    """Text in every field, other values, and fields that are missing."""
    some, texts = dict.fromkeys(names, VALUES), dict.fromkeys(names, ODD)

    @UNHURRIED
    @given(st.fixed_dictionaries({}, optional=some) | st.fixed_dictionaries(texts))
    def ask(body: dict[str, Any]) -> None:
        require_refused(app, verb, path, body)

    ask()


@UNHURRIED
@given(st.dictionaries(ODD, VALUES, max_size=4))
@example({"wait_timeout": "100", "sort_buffer_size": "\ud800"})
def test_parameters_are_refused_whatever_they_are(app: ConsoleApp, asked: dict[str, Any]) -> None:
    """Names and values alike."""
    require_refused(app, "PATCH", "/parameters", {"settings": asked})


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b"[]", b"null", b'"x"', b'{"user": "\xff"}'])
def test_what_is_no_json_is_refused(app: ConsoleApp, body: bytes) -> None:
    """By every call that takes a body."""
    before = app.memory()
    for verb, path, _ in CALLS:
        status, answer = app.ask(verb, f"/instances/db-0{path}", body)
        assert (path, status, len(answer["message"].split()) > 3) == (path, 400, True)
    assert before == app.memory()


@UNHURRIED
@given(st.text(st.characters(codec="utf-8")), st.text(st.characters(codec="utf-8")))
def test_an_account_is_not_deleted_whatever_it_is_called(app: ConsoleApp, user: str, host: str) -> None:
    """As part of the path, where it is quoted in another way."""
    require_refused(app, "DELETE", f"/accounts?{urlencode({'user': user, 'host': host})}", None)
