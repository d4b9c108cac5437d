"""Without the token nothing is answered and nothing is changed, by whatever call."""

from pathlib import Path
from typing import Any

import pytest

from hadrill.harness.model.instance import InstanceType
from hadrill.harness.reference.refusals import Code
from hadrill.harness.reference.tests.console_app import TOKEN, ConsoleApp

STRANGERS = (
    "",
    "Bearer",
    "Bearer ",
    "Bearer wrong",
    f"Bearer {TOKEN}x",
    f"Bearer {TOKEN[:-1]}",
    f"Basic {TOKEN}",
    TOKEN,
)
BODIES: tuple[Any, ...] = (None, {}, {"edition": "basic", "zones": []}, b"{")


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> ConsoleApp:
    """One instance, and nobody behind it."""
    app = ConsoleApp(Path(tmp_path_factory.mktemp("state")))
    app.add("db-0", InstanceType.REGULAR, "a1", 0)
    return app


@pytest.mark.parametrize("authorization", STRANGERS)
def test_a_stranger_is_refused_every_call_and_changes_nothing(app: ConsoleApp, authorization: str) -> None:
    """What is right apart from that, and what is wrong: the token comes first."""
    before, calls = app.memory(), app.calls()
    calls += [("GET", "/nothing"), ("PATCH", "/instances")]
    answers = [app.ask(verb, path, body, authorization) for verb, path in calls for body in BODIES]

    assert len(calls) > 20
    assert {(status, answer["code"]) for status, answer in answers} == {(401, Code.UNAUTHORIZED)}
    assert before == app.memory()


def test_the_token_opens_them(app: ConsoleApp) -> None:
    """It is the token that they were refused for; the scheme's name may be written as one likes."""
    assert [app.ask("GET", "/instances", None, f"{scheme} {TOKEN}")[0] for scheme in ("Bearer", "bearer")] == [200] * 2
