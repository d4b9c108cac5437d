"""The room's small API."""

import http.client
import json
from collections.abc import Iterator
from typing import Any

import pytest

from hadrill.environments.embedded.room.body import Body, flag_in
from hadrill.environments.embedded.room.http_api import Route, serve
from hadrill.environments.embedded.room.refusal import Refusal

TOKEN = "t0ken"


def turn(name: str, body: Body) -> Body:
    """A route of the test's."""
    return {"name": name, "turned": not flag_in(body, "flag", default=False)}


def refuse(_body: Body) -> Body:
    """A route that refuses."""
    raise Refusal(409, "not now")


def fail(_body: Body) -> Body:
    """A route with a bug."""
    raise LookupError("lost")


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """Where the routes are served."""
    routes = (Route("POST", r"/turn/(\w+)", turn), Route("GET", "/refuse", refuse), Route("GET", "/broken", fail))
    server = serve("127.0.0.1", 0, TOKEN, routes)
    yield server.server_address[1]
    server.shutdown()
    server.server_close()


def ask(port: int, method: str, path: str, body: str = "", token: str = TOKEN) -> tuple[int, dict[str, Any]]:
    """One request; status and answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request(method, path, body, {"Authorization": f"Bearer {token}"})
        response = connection.getresponse()
        return response.status, json.loads(response.read())
    finally:
        connection.close()


def test_a_route_gets_its_names_and_the_body(port: int) -> None:
    """And its answer is JSON."""
    assert ask(port, "POST", "/turn/x", '{"flag": true}') == (200, {"name": "x", "turned": False})


@pytest.mark.parametrize(
    ("method", "path", "body", "token", "status", "sentence"),
    [
        ("GET", "/refuse", "", TOKEN, 409, "not now"),
        ("GET", "/refuse", "", "other", 401, "this needs the token"),
        ("GET", "/refuse", "", "t\xf6ken", 401, "this needs the token"),
        ("POST", "/turn/x", "{", "other", 401, "this needs the token"),
        ("GET", "/turn/x", "", TOKEN, 404, "GET /turn/x is not understood"),
        ("POST", "/turn/x", "[1]", TOKEN, 400, "the body must be a JSON object"),
        ("POST", "/turn/x", '{"flag": 1}', TOKEN, 400, "'flag' must be true or false"),
        ("POST", "/turn/x", "[" * 100_000, TOKEN, 400, "the body is nested too deeply"),
        ("GET", "/broken", "", TOKEN, 500, "LookupError: lost"),
    ],
)
def test_what_goes_wrong_is_a_sentence(
    port: int, method: str, path: str, body: str, token: str, status: int, sentence: str
) -> None:
    """With a status that says whose fault it is."""
    assert ask(port, method, path, body, token) == (status, {"error": sentence})


@pytest.mark.parametrize("length", ["-1", "x", "", "99999999999", "9" * 4301, "\xb2"])
def test_a_body_without_a_length_that_can_be_read_is_refused(port: int, length: str) -> None:
    """Nobody waits for what never comes."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    headers = {"Authorization": f"Bearer {TOKEN}", "Content-Length": length}
    try:
        connection.request("POST", "/turn/x", headers=headers)
        response = connection.getresponse()
        answer = json.loads(response.read())
    finally:
        connection.close()
    assert (response.status, answer["error"]) == (413, f"a body of {length[:20]} bytes is none, or too large")


def test_what_is_no_json_is_refused(port: int) -> None:
    """The sentence says where it stops being any."""
    status, answer = ask(port, "POST", "/turn/x", "{")
    assert (status, answer["error"][:22]) == (400, "the body is no JSON: E")
