"""Names and texts within statements."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymysql.converters import escape_string

from hadrill.harness.engines.mysql.quoting import account, identifier, literal

NAMES = st.text(min_size=1, max_size=64).filter(lambda name: "\0" not in name)


@given(st.text())
def test_a_literal_is_closed_by_its_last_quote_alone(text: str) -> None:
    """No quote within it stands alone, so nothing that follows a customer's text is read as a statement."""
    within = literal(text)[1:-1]
    assert "'" not in within.replace(r"\\", "").replace(r"\'", "")
    assert literal(text) == f"'{escape_string(text)}'"


@given(NAMES)
def test_an_identifier_is_closed_by_its_last_backtick_alone(name: str) -> None:
    """Those within it are doubled, and nothing else is changed."""
    quoted = identifier(name)
    assert (quoted[0], quoted[-1], quoted[1:-1].replace("``", "")) == ("`", "`", name.replace("`", ""))
    assert quoted[1:-1].replace("``", "`") == name


@pytest.mark.parametrize("name", ["", "x" * 65, "a\0b"])
def test_what_is_no_name_is_refused(name: str) -> None:
    """With a sentence."""
    with pytest.raises(ValueError, match="1 to 64 characters"):
        identifier(name)


def test_an_account_is_two_literals() -> None:
    """The user and the host pattern."""
    assert account("o'brien", "10.%") == r"'o\'brien'@'10.%'"
