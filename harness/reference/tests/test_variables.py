"""What customers may set, and whether a server runs with what it should."""

import pytest

from hadrill.harness.reference.variables import ALLOWED, assigned, differences, refused_settings

MIB = 1 << 20


@pytest.mark.parametrize(
    "name",
    [
        "sync_binlog",
        "innodb_flush_log_at_trx_commit",
        "rpl_semi_sync_source_enabled",
        "super_read_only",
        "offline_mode",
        "gtid_mode",
        "relay_log_recovery",
        "init_file",
        "table-open-cache",
        "",
    ],
)
def test_what_keeps_the_promises_is_not_the_customers(name: str) -> None:
    """Durability, replication and gates; and a name is spelt in one way alone."""
    assert refused_settings({name: "1"}) == (f"{name} cannot be set",)


@pytest.mark.parametrize("value", ["64", "10000", "1K"])
def test_a_value_within_its_limits_is_taken(value: str) -> None:
    """A number, with a unit where one is wanted."""
    assert refused_settings({"table_open_cache": value}) == ()


@pytest.mark.parametrize("value", ["63", "10001", "-64", "64; DROP", "", "6٤"])
def test_any_other_value_is_refused(value: str) -> None:
    """With its limits."""
    assert refused_settings({"table_open_cache": value}) == ("table_open_cache takes 64 to 10000",)


def test_a_value_that_a_server_would_round_is_refused() -> None:
    """It would run with another one than is on record."""
    wrong = refused_settings(
        {"join_buffer_size": "16385", "max_allowed_packet": "1048577", "sort_buffer_size": "32769"}
    )
    assert wrong == ("join_buffer_size takes multiples of 128", "max_allowed_packet takes multiples of 1024")


def test_a_word_is_compared_as_the_server_does_it() -> None:
    """Case does not matter; another word is a difference."""
    assert differences({"character_set_server": "UTF8MB4"}, {"character_set_server": "utf8mb4"}) == ()
    assert differences({"character_set_server": "latin1"}, {"character_set_server": "utf8mb4"}) == (
        "character_set_server is utf8mb4, not latin1",
    )


def test_a_value_is_set_without_its_unit() -> None:
    """``SET`` knows no units, and takes numbers for words."""
    assert [assigned(value) for value in ("64M", "ON", "12", "latin1")] == [str(64 * MIB), "1", "12", "latin1"]


def test_every_limit_can_be_reached() -> None:
    """The least value and the largest one are allowed."""
    assert refused_settings({name: str(least) for name, (least, _) in ALLOWED.items()}) == ()
    assert refused_settings({name: str(most) for name, (_, most) in ALLOWED.items()}) == ()


def test_a_server_that_runs_with_what_it_should_does_not_differ() -> None:
    """Units and words are read as the server reads them."""
    wanted = {"innodb_buffer_pool_size": "96M", "slow_query_log": "ON", "max_connections": "250"}
    shown = {"innodb_buffer_pool_size": 96 * MIB, "slow_query_log": 1, "max_connections": 250}
    assert differences(wanted, shown) == ()


@pytest.mark.parametrize(("asked_mib", "has_mib"), [(64, 64), (128, 128), (129, 256), (300, 384)])
def test_a_large_pool_is_rounded_up_as_the_server_does_it(asked_mib: int, has_mib: int) -> None:
    """To whole chunks; one that fits into a single chunk is not."""
    assert differences({"innodb_buffer_pool_size": f"{asked_mib}M"}, {"innodb_buffer_pool_size": has_mib * MIB}) == ()


def test_a_difference_is_named() -> None:
    """With both values."""
    assert differences({"max_connections": "250"}, {"max_connections": 300}) == ("max_connections is 300, not 250",)
