"""Names and host patterns of accounts that customers make."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hadrill.harness.reference.account_names import host_pattern, is_reserved, user_name


@pytest.mark.parametrize("user", ["a", "app", "App_1", "x" * 32, "a.b-c"])
def test_a_plain_name_is_taken(user: str) -> None:
    """As it is."""
    assert user_name(user) == user


@pytest.mark.parametrize("user", ["", "1a", "_a", "x" * 33, "a'b", "a b", "a\n", "a`", "ä", "a%", "a@b"])
def test_any_other_name_is_refused(user: str) -> None:
    """With the rule."""
    with pytest.raises(ValueError, match="begins with a letter"):
        user_name(user)


@pytest.mark.parametrize(
    ("host", "spelt"),
    [
        ("%", "%"),
        ("10.%", "10.%"),
        ("10.0.255.%", "10.0.255.%"),
        ("192.0.2.1", "192.0.2.1"),
        ("10.1.0.0/16", "10.1.0.0/16"),
        ("10.1.0.0/255.255.0.0", None),
        ("FE80::0:1", "fe80::1"),
        ("::1", "::1"),
    ],
)
def test_a_host_pattern_is_spelt_in_one_way(host: str, spelt: str | None) -> None:
    """As the server shows and compares addresses."""
    if spelt is not None:
        assert host_pattern(host) == spelt
    else:
        with pytest.raises(ValueError, match="not resolved"):
            host_pattern(host)


@pytest.mark.parametrize(
    "host",
    ["", "localhost", "db.example", "10", "10.0.0.256", "256.%", "10.%.1", "%%", "10.1.2.3/16", "10.0.0.0/33",
     "1.1.1.1/", "fe80::1%eth0", "fe80::1%'; DROP", "10.0.0.1'", " %", "10.٤.%", "10.0.0.0/ 8", "10.0.0.1\n"],
)  # fmt: skip
def test_any_other_host_is_refused(host: str) -> None:
    """Names among them: the servers resolve none, so that such an account would let nobody in."""
    with pytest.raises(ValueError, match="names of hosts are not resolved"):
        host_pattern(host)


@given(st.text())
def test_what_is_taken_has_nothing_to_be_escaped(text: str) -> None:
    """Whatever is asked for."""
    for read in (user_name, host_pattern):
        try:
            taken = read(text)
        except ValueError:
            continue
        assert not set(taken) & set("'\"\\`;\0\n ")


@pytest.mark.parametrize("user", ["owner", "OWNER", "root", "mysql.sys", "hadrill_service"])
def test_the_services_own_accounts_are_reserved(user: str) -> None:
    """In any spelling: one of the same name from a closer host would come before them."""
    assert is_reserved(user, frozenset({"owner", "hadrill_service"}))
    assert not is_reserved(f"{user.replace('.', '')}2", frozenset({"owner", "hadrill_service"}))
