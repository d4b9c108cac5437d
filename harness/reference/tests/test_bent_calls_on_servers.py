"""Calls generated as a customer makes them of a console, on a real pair: what is accepted is done or undone in the end.

Where no server can be reached (``test_bent_http_calls``) a console refuses most of what it is asked for.
"""

import json
from typing import Any, Final

import httpx
import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from hadrill.harness.reference.tests.described_calls import TEXTS, calls_of
from hadrill.harness.reference.tests.pair import LIMIT_S, Pair, api
from hadrill.harness.reference.variables import ALLOWED
from hadrill.harness.tests.steady import steady
from hadrill.harness.wait import NotYet, until

pytestmark = pytest.mark.e2e


def of(right: dict[str, Any], **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Bodies of that kind, the right one among them."""
    return st.just(right) | st.fixed_dictionaries(fields)


WORDS: Final = (
    "SELECT", "1", "*", "FROM", "drill.written", "information_schema.TABLES", "INSERT INTO", "VALUES", "(1)",
    "CREATE DATABASE", "CREATE TABLE", "DROP TABLE", "d1", "d1.t (id INT)", "SET", "GLOBAL", "read_only = 1", "WHERE",
    "SLEEP(9)", ";", "/*!", "*/", "'", "`", "\\", "COMMIT", "LOCK TABLES", "KILL 1", "CALL", "x()", "BEGIN", "\n", "--",
)  # fmt: skip
STATEMENTS: Final = st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join) | TEXTS
NUMBERS: Final = st.integers(-2, 1 << 65).map(str) | st.sampled_from(["64M", "1G", "ON", "OFF", "1e3", "DEFAULT"])
SETTINGS: Final = st.dictionaries(st.sampled_from(sorted(ALLOWED)) | TEXTS, NUMBERS | TEXTS, max_size=3)
USERS: Final = st.sampled_from(["owner", "u1", "u2", "root", "hadrill", "mysql.sys", "a" * 33]) | TEXTS
HOSTS: Final = st.sampled_from(["%", "127.0.0.1", "localhost", "10.0.0.0/8"]) | TEXTS
SETS: Final = st.sampled_from(["latin1", "utf8mb4", "utf8", "ucs2", "binary", "none"]) | TEXTS


CALLS: Final[dict[tuple[str, str], st.SearchStrategy[dict[str, Any]]]] = {
    ("POST", "sql"): of({"statement": "SELECT 1"}, statement=STATEMENTS),
    ("POST", "import"): of({"dump": "SELECT 1;"}, dump=STATEMENTS),
    ("PATCH", "parameters"): of({"settings": {"wait_timeout": "100"}}, settings=SETTINGS),
    ("PUT", "character-set"): of({"character_set": "latin1"}, character_set=SETS),
    ("POST", "accounts"): of({"user": "u1"}, user=USERS, host=HOSTS),
    ("PUT", "accounts/password"): of({"user": "u1", "host": "%"}, user=USERS, host=HOSTS),
    ("PUT", "accounts/rights"): of(
        {"user": "u1", "host": "%", "database": "drill", "writes": False},
        user=USERS, host=HOSTS, database=TEXTS, writes=st.booleans(),
    ),
}  # fmt: skip
"""Each with something right first; accounts are made before they get another password."""


def test_whatever_a_console_is_asked_is_answered_as_described(pair: Pair) -> None:
    """Never with a 500, whatever the servers say to it; and the pair is what it was: one manager, protected."""
    with api(pair.stage) as client:
        described = {(each.verb, each.path): each.statuses for each in calls_of(client.get("/openapi.json").json())}
        for (verb, path), bodies in CALLS.items():
            statuses = described[verb, f"/v1/instances/{{instance}}/{path}"]
            assert ask(client, verb, f"/v1/instances/{pair.id}/{path}", bodies, statuses) > 0, path
    pair.stage.service.await_protected(pair.id, timeout_s=LIMIT_S)


def ask(
    client: httpx.Client, verb: str, path: str, bodies: st.SearchStrategy[dict[str, Any]], statuses: frozenset[int]
) -> int:
    """Make calls of one kind, each once the one before is over; returns how many were accepted."""
    accepted = list[int]()

    @steady(30, *HealthCheck)
    @given(bodies)
    def every(body: dict[str, Any]) -> None:
        answer = client.request(verb, path, content=json.dumps(body), headers={"Content-Type": "application/json"})
        assert answer.status_code in statuses - {500}, answer.text
        if answer.is_success:
            accepted.append(answer.status_code)
        if answer.status_code == httpx.codes.ACCEPTED:
            until(lambda: is_over(client, answer.json()["operation"]), f"{body} to be over", timeout_s=LIMIT_S)

    every()
    return len(accepted)


def is_over(client: httpx.Client, operation: int) -> bool | NotYet:
    """Done or undone, and never between for good."""
    seen = client.get(f"/v1/operations/{operation}").json()
    return seen["status"] != "running" or NotYet(str(seen))
