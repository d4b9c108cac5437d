"""System variables that customers may set, and whether a server runs with what it should (pure)."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

KIB: Final = 1 << 10
MIB: Final = 1 << 20

ALLOWED: Final[Mapping[str, tuple[int, int]]] = MappingProxyType(
    {
        "innodb_io_capacity": (100, 100_000),
        "innodb_lock_wait_timeout": (1, 3600),
        "innodb_log_buffer_size": (MIB, 256 * MIB),
        "innodb_print_all_deadlocks": (0, 1),
        "interactive_timeout": (60, 31_536_000),
        "join_buffer_size": (16 * KIB, 64 * MIB),
        "lock_wait_timeout": (1, 31_536_000),
        "max_allowed_packet": (MIB, 1024 * MIB),
        "max_heap_table_size": (16 * KIB, 1024 * MIB),
        "performance_schema": (0, 1),
        "slow_query_log": (0, 1),
        "sort_buffer_size": (32 * KIB, 64 * MIB),
        "table_open_cache": (64, 10_000),
        "thread_cache_size": (0, 1000),
        "tmp_table_size": (16 * KIB, 1024 * MIB),
        "wait_timeout": (60, 31_536_000),
    }
)
"""By name, least and largest value: none of them touches durability, replication or who is let in."""

POOL: Final = "innodb_buffer_pool_size"
POOL_CHUNK: Final = 128 * MIB
"""InnoDB rounds a larger pool up to a multiple of this (``innodb_buffer_pool_chunk_size``)."""

_UNITS: Final = {"": 1, "K": KIB, "M": MIB, "G": MIB * KIB}
_WORDS: Final = {"ON": 1, "OFF": 0}


def refused_settings(settings: Mapping[str, str]) -> tuple[str, ...]:
    """What is wrong with each setting that a customer may not make; empty where all of them may be made."""
    return tuple(wrong for name, value in settings.items() if (wrong := _wrong(name, value)))


def differences(wanted: Mapping[str, str], shown: Mapping[str, object]) -> tuple[str, ...]:
    """In what a server differs from what it should run with.

    Args:
        wanted: values as on a command line, ``64M`` and ``ON`` among them.
        shown: values as the server shows them.
    """
    pairs = {name: (_effective(name, value), _number(str(shown[name]))) for name, value in wanted.items()}
    return tuple(f"{name} is {has}, not {should}" for name, (should, has) in pairs.items() if has != should)


def _wrong(name: str, value: str) -> str:
    if name not in ALLOWED:
        return f"{name} cannot be set"
    least, most = ALLOWED[name]
    number = _number(value)
    return "" if number is not None and least <= number <= most else f"{name} takes {least} to {most}"


def _effective(name: str, value: str) -> int | None:
    number = _number(value)
    if name == POOL and number is not None and number > POOL_CHUNK:
        return -(-number // POOL_CHUNK) * POOL_CHUNK
    return number


def _number(value: str) -> int | None:
    if value.upper() in _WORDS:
        return _WORDS[value.upper()]
    found = re.fullmatch(r"([0-9]{1,18})([KMG]?)", value.upper())
    return int(found[1]) * _UNITS[found[2]] if found else None
