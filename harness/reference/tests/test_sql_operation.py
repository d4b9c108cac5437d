"""One statement through the console, on a real pair: rows as JSON, MySQL's own sentence, and limits."""

from typing import Any

import httpx
import pytest

from hadrill.harness.reference.refusals import Code
from hadrill.harness.reference.tests.pair import Pair, api
from hadrill.harness.reference.tests.writer import INSERT

pytestmark = pytest.mark.e2e


def ask(pair: Pair, statement: str) -> httpx.Response:
    """The whole answer to a statement."""
    with api(pair.stage) as client:
        return client.post(f"/v1/instances/{pair.id}/sql", json={"statement": statement})


@pytest.mark.parametrize(
    ("statement", "cells"),
    [
        ("SELECT 1, 1, 'it''s', NULL", [1, 1, "it's", None]),
        ("SELECT 1.50, 2e0, 18446744073709551615, -9223372036854775808", ["1.50", 2.0, 2**64 - 1, -(2**63)]),
        ("SELECT DATE '2026-11-28', TIMESTAMP '2026-11-28 01:02:03.5', TIME '-25:00:00'",
         ["2026-11-28", "2026-11-28 01:02:03.500000", "-2 days, 23:00:00"]),
        ("SELECT x'00ff', b'101', _latin1 x'e9', '\U0001f40b'", ["0x00ff", "0x05", "é", "\U0001f40b"]),
        ("SELECT JSON_OBJECT('a', 1), CAST(NULL AS DATE), POINT(1, 2) IS NULL", ['{"a": 1}', None, 0]),
        ("SELECT CURRENT_USER()", ["owner@%"]),
    ],
)  # fmt: skip
def test_rows_come_as_json_has_them(pair: Pair, statement: str, cells: list[Any]) -> None:
    """Columns of the same name among them; the statement is the owner's."""
    answer = ask(pair, statement).json()
    assert (answer["rows"], answer["complete"]) == ([cells], True)
    assert len(answer["columns"]) == len(cells)


def test_a_statement_changes_rows_on_both_servers(pair: Pair) -> None:
    """It is a write like any other; how many rows it changed is told."""
    key = max(pair.rows(pair.primary), default=0) + 1
    answer = ask(pair, INSERT % key)
    assert (answer.status_code, answer.json()["affected"], answer.json()["rows"]) == (200, 1, [])
    pair.await_whole(frozenset({key}))


@pytest.mark.parametrize(
    ("statement", "number"),
    [
        ("SELEC 1", "1064"),
        ("SELECT 1; SELECT 2", "1064"),
        ("SELECT * FROM drill.nowhere", "1146"),
        ("SET GLOBAL super_read_only = OFF", "1227"),
        ("CREATE USER x", "1227"),
        ("LOAD DATA LOCAL INFILE '/etc/passwd' INTO TABLE drill.written", "3948"),
        ("SELECT SLEEP(60) FROM drill.written, information_schema.tables", "3024"),
        ("   ", "1065"),
    ],
)
def test_what_mysql_refuses_is_refused_with_its_sentence(pair: Pair, statement: str, number: str) -> None:
    """A second statement behind the first one among them, and one that reads for too long."""
    answer = ask(pair, statement)
    assert (answer.status_code, answer.json()["code"]) == (400, Code.SQL_REFUSED)
    assert f" {number} " in answer.json()["message"]


def test_a_statement_that_waits_for_a_lock_ends_in_time(pair: Pair) -> None:
    """With MySQL's sentence, while whoever holds the lock goes on."""
    with pair.direct(pair.primary, pair.owner) as holder:
        holder.run("LOCK TABLES drill.written WRITE")
        answer = ask(pair, "DELETE FROM drill.written WHERE id = 0")
        holder.run("UNLOCK TABLES")
    assert (answer.status_code, answer.json()["code"]) == (400, Code.SQL_REFUSED)
    assert " 1205 " in answer.json()["message"]


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT 1 FROM information_schema.columns a, information_schema.columns b",
        "SELECT REPEAT('x', 100000) FROM information_schema.columns",
    ],
)
def test_an_answer_without_end_is_cut_off(pair: Pair, statement: str) -> None:
    """At so many rows, or so many bytes, and that is said."""
    answer = ask(pair, statement).json()
    assert (answer["complete"], 0 < len(answer["rows"]) <= 1000) == (False, True)
    assert len(str(answer["rows"])) < 2 << 20


@pytest.mark.parametrize("body", [{}, {"statement": ""}, {"statement": 1}, {"statement": "SELECT 1", "more": 1}])
def test_a_request_that_is_none_is_refused(pair: Pair, body: dict[str, Any]) -> None:
    """With a sentence."""
    assert pair.ask("POST", "/sql", body) == (400, Code.INVALID_REQUEST)


def test_a_statement_that_gets_no_answer_is_not_called_failed(pair: Pair) -> None:
    """It may have been carried out, and the sentence says so."""
    answer = ask(pair, "DO SLEEP(5)")
    assert (answer.status_code, answer.json()["code"]) == (504, Code.NO_ANSWER)
    assert "may have been carried out" in answer.json()["message"]


def test_a_lost_primary_is_said(pair: Pair) -> None:
    """Nothing was run; the pair goes on as it does without a console."""
    frozen = pair.primary
    pair.stage.site.nodes.pause(frozen)
    status, code = pair.ask("POST", "/sql", {"statement": "SELECT 1"})
    pair.stage.site.nodes.resume(frozen)
    assert (status, code) == (409, Code.NOT_RUNNING)
    pair.await_whole(frozenset())
