"""Version numbers out of what programs print, and their order."""

import re


def numbers(version: str) -> tuple[int, ...]:
    """The dotted numbers that a version starts with: ``"9.7.4-2"`` is ``(9, 7, 4)``; no number is ``()``."""
    found = re.match(r"\d+(?:\.\d+)*", version)
    return tuple(int(part) for part in found.group().split(".")) if found else ()


def at_least(version: str, lowest: str) -> bool:
    """Whether a version is the lowest one that fits, or above it; ``9.7`` and ``9.7.0`` are the same."""
    have, want = numbers(version), numbers(lowest)
    width = max(len(have), len(want))
    return have + (0,) * (width - len(have)) >= want + (0,) * (width - len(want))
