"""System variables that customers may set, and whether a server runs with what it should (pure)."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

KIB: Final = 1 << 10
MIB: Final = 1 << 20

IO_CAPACITY: Final = "innodb_io_capacity"

ALLOWED: Final[Mapping[str, tuple[int, int]]] = MappingProxyType(
    {
        IO_CAPACITY: (100, 100_000),
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

_BLOCKS: Final[Mapping[str, int]] = MappingProxyType(
    {
        "innodb_log_buffer_size": KIB,
        "join_buffer_size": 128,
        "max_allowed_packet": KIB,
        "max_heap_table_size": KIB,
    }
)
"""Of what servers round down to whole blocks, so that they would run with another value than was asked for."""

STATIC: Final = frozenset({"performance_schema"})
"""Those that a server takes at its start alone."""

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
    pairs = {name: (_effective(name, value), _comparable(str(shown[name]))) for name, value in wanted.items()}
    return tuple(f"{name} is {has}, not {should}" for name, (should, has) in pairs.items() if has != should)


def _wrong(name: str, value: str) -> str:
    if name not in ALLOWED:
        return f"{name} cannot be set"
    least, most = ALLOWED[name]
    number = _number(value)
    if number is None or not least <= number <= most:
        return f"{name} takes {least} to {most}"
    block = _BLOCKS.get(name, 1)
    return f"{name} takes multiples of {block}" if number % block else ""


def assigned(value: str) -> str:
    """A value as ``SET`` takes it, which knows no units."""
    return str(_comparable(value))


def _effective(name: str, value: str) -> int | str:
    plain = _comparable(value)
    if name == POOL and isinstance(plain, int) and plain > POOL_CHUNK:
        return -(-plain // POOL_CHUNK) * POOL_CHUNK
    return plain


def _comparable(value: str) -> int | str:
    """A number where it is one, else the word, of which case does not matter."""
    number = _number(value)
    return value.lower() if number is None else number


def _number(value: str) -> int | None:
    if value.upper() in _WORDS:
        return _WORDS[value.upper()]
    found = re.fullmatch(r"([0-9]{1,18})([KMG]?)", value.upper())
    return int(found[1]) * _UNITS[found[2]] if found else None
