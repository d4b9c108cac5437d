"""A dump and its statements."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hadrill.harness.engines.mysql.split import split_statements

ONE = [
    "SELECT 'a;b'",
    "SELECT 'it''s; here'",
    r"SELECT 'a\';b', '\\'",
    'SELECT "a;b", "\\";"',
    "SELECT `a;b`",
    "SELECT 1 -- not; here\n+ 1",
    "SELECT 1 # not; here\n+ 1",
    "SELECT 1 /* not; here */ + 1",
    "SELECT 5--1",
    "SELECT 10 / 5 - 2",
    "/*!40101 SET NAMES utf8mb4 */",
    "/*!50003 CREATE TRIGGER t BEFORE INSERT ON x FOR EACH ROW BEGIN SET @a = 1; END */",
    "INSERT INTO t VALUES ('-- ;', '/* ;', '# ;')",
    "SELECT '\n;\n'",
]


@pytest.mark.parametrize("statement", ONE)
def test_a_mark_within_a_quote_or_a_comment_ends_nothing(statement: str) -> None:
    """It stays one statement, as it was written, also between others."""
    assert list(split_statements(statement)) == [statement]
    assert list(split_statements(f"SELECT 1;\n{statement};SELECT 2")) == ["SELECT 1", statement, "SELECT 2"]


@pytest.mark.parametrize("dump", ["", " \n", ";;", "-- only words;\n", "/* only ; words */ ;", "# words", "--"])
def test_comments_and_blanks_are_no_statement(dump: str) -> None:
    """Nothing is sent for them."""
    assert list(split_statements(dump)) == []


def test_the_last_statement_needs_no_mark() -> None:
    """Nor does a comment before a statement make two of it."""
    assert list(split_statements("-- first\nSELECT 1;\n\nSELECT 2\n")) == ["-- first\nSELECT 1", "SELECT 2"]


@pytest.mark.parametrize("statement", ["SELECT 'open; x", 'SELECT "open; x', "SELECT `open; x", "SELECT /* open; x"])
def test_what_is_never_closed_lasts_to_the_end(statement: str) -> None:
    """No part of a text is ever run as a statement."""
    assert list(split_statements(statement)) == [statement]


@pytest.mark.parametrize("mark", [";;", "$$", "//"])
def test_another_delimiter_keeps_a_body_together(mark: str) -> None:
    """As dumps have it around triggers and routines."""
    body = "CREATE TRIGGER t BEFORE INSERT ON x FOR EACH ROW BEGIN SET @a = 1; DELETE FROM y; END"
    dump = f"SELECT 1;\nDELIMITER {mark}\n{body}{mark}\ndelimiter ;\nSELECT 2;\n"
    assert list(split_statements(dump)) == ["SELECT 1", body, "SELECT 2"]


@given(st.lists(st.sampled_from(ONE)), st.sampled_from([";", ";\n", " ;\n\n-- a comment\n;"]))
def test_what_was_joined_is_cut_again(statements: list[str], between: str) -> None:
    """Every statement comes out, in order, but for the comments before it."""
    found = list(split_statements(between.join(statements)))
    assert [each.split("comment\n;")[-1].strip() for each in found] == statements


@given(st.text(alphabet="'\"`\\-#/*! ;\nadelimtr$"))
def test_any_text_at_all_is_cut(dump: str) -> None:
    """Nothing is lost or made up: every statement stands in the dump, one after the other."""
    at = 0
    for statement in split_statements(dump):
        at = dump.index(statement, at) + len(statement)
