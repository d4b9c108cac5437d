"""Statements for a customer's own accounts."""

import pytest

from hadrill.harness.engines.mysql.accounts import create_account, drop_account, grant, reset_password, take_writing


def test_an_account_is_made_with_a_mark() -> None:
    """By which the server itself tells it from those that a customer may not change."""
    assert create_account("app", "10.%", "se'cret") == (
        r"""CREATE USER 'app'@'10.%' IDENTIFIED BY 'se\'cret' ATTRIBUTE '{\"made_by\": \"console\"}'"""
    )


def test_reading_is_granted_on_one_schema() -> None:
    """And writing is more than reading."""
    assert grant("app", "%", "shop`", writes=False) == "GRANT SELECT, SHOW VIEW ON `shop```.* TO 'app'@'%'"
    assert grant("app", "%", "shop", writes=True).startswith("GRANT SELECT, SHOW VIEW, INSERT, ")


def test_what_is_taken_is_what_reading_does_not_need() -> None:
    """And the other statements name the account."""
    assert "SELECT" not in take_writing("app", "%", "shop")
    assert reset_password("app", "::1", "x") == "ALTER USER 'app'@'::1' IDENTIFIED BY 'x'"
    assert drop_account("app", "::1") == "DROP USER 'app'@'::1'"


@pytest.mark.parametrize("schema", ["", "x" * 65, "a\0"])
def test_a_schema_without_a_name_is_no_schema(schema: str) -> None:
    """Both statements refuse it."""
    with pytest.raises(ValueError, match="1 to 64"):
        grant("app", "%", schema, writes=True)
    with pytest.raises(ValueError, match="1 to 64"):
        take_writing("app", "%", schema)
