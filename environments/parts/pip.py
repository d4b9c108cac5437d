"""What pip says of its downloads."""

import re

_UNITS = {"bytes": 1, "kB": 1_000, "MB": 1_000_000, "GB": 1_000_000_000}


def downloaded_bytes(printed: str) -> int:
    """Bytes that pip's lines ``Downloading NAME (12.3 MB)`` add up to, as precise as they are."""
    sizes = re.findall(r"^\s*Downloading \S+ \(([\d.]+) (bytes|kB|MB|GB)\)", printed, re.MULTILINE)
    return round(sum(float(size) * _UNITS[unit] for size, unit in sizes))
