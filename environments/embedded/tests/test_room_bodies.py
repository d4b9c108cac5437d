"""Bodies that the room and the racks' hosts cannot do anything with: refused in a sentence, and nothing is done."""

import re
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hadrill.environments.embedded.room.control import Control
from hadrill.environments.embedded.room.nodes import NodePlace, Nodes
from hadrill.environments.embedded.room.program import ProgramState
from hadrill.environments.embedded.room.programs import Programs
from hadrill.environments.embedded.room.racks import RackHost
from hadrill.environments.embedded.room.refusal import Refusal


class Paper:
    """Programs and nodes that do nothing with what would do."""

    def place(self, name: str) -> NodePlace:
        """Everyone stands on one rack."""
        return NodePlace(name, "a-1", "127.83.0.11", 13306, 1)

    def wait_for_exit(self, name: str, timeout_s: float) -> bool:
        """In bounded time."""
        assert name
        return 0 <= timeout_s <= 3600

    def __getattr__(self, _name: str) -> Any:
        return lambda *_given, **_named: ProgramState("running")


PAPER = Paper()
ROUTES = (
    *Control(cast("Programs", PAPER), cast("Nodes", PAPER)).routes(),
    *RackHost("a-1", cast("Nodes", PAPER)).routes(),
)
CALLS = [("PUT", "/programs/x"), ("POST", "/programs/x/wait"),
         ("POST", "/programs/x/kill"), ("POST", "/programs/x/release"), ("POST", "/nodes/a1/start"),
         ("POST", "/nodes/a1/release")]  # fmt: skip
NAMES = ("argv", "env", "log", "stdin_text", "timeout_s", "hold", "start", "variables", "init_sql")
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=6)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3)
)


def answer(method: str, path: str, body: dict[str, Any]) -> object:
    """What the route says."""
    for route in ROUTES:
        found = re.fullmatch(route.path, path)
        if found and route.method == method:
            return route.handler(*found.groups(), body)
    raise LookupError(path)


@pytest.mark.parametrize(("method", "path"), CALLS, ids=lambda one: one)
def test_any_body_is_taken_or_refused(method: str, path: str) -> None:
    """The fault is the caller's, and is said so."""

    @settings(deadline=None, derandomize=True, database=None)
    @given(st.dictionaries(st.sampled_from(NAMES), VALUES))
    def every(body: dict[str, Any]) -> None:
        try:
            assert answer(method, path, body)
        except Refusal as refused:
            assert (refused.status, len(str(refused).split()) > 3) in {(400, True), (409, True)}  # noqa: PT017

    every()


@pytest.mark.parametrize(
    ("path", "body", "told"),
    [
        ("/nodes/a1/start", {"variables": {"port": None}}, "each value in 'variables' must be a text"),
        ("/nodes/a1/start", {"init_sql": 3}, "'init_sql' must be a text"),
        ("/programs/x/wait", {"timeout_s": float("nan")}, "'timeout_s' must be a number between 0 and 3600"),
    ],
)
def test_the_field_is_named(path: str, body: dict[str, Any], told: str) -> None:
    """With what it must be."""
    with pytest.raises(Refusal, match=told):
        answer("POST", path, body)


def test_what_makes_sense_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    """Numbers and truth values of variables are texts to a server."""
    started: list[tuple[object, ...]] = []

    def start(*given: object) -> ProgramState:
        started.append(given)
        return ProgramState("running")

    monkeypatch.setattr(Paper, "start", start, raising=False)
    body = {"variables": {"max_connections": 5, "general_log": False}, "init_sql": "SELECT 1;\n"}
    assert answer("POST", "/nodes/a1/start", body)
    assert started[0][1:] == ("a1", {"max_connections": "5", "general_log": "False"}, "SELECT 1;\n")
