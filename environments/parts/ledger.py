"""What set-up cost on this machine, kept in the cache for the README and the benchmark to quote."""

import json
import os
from pathlib import Path

from hadrill.environments.parts.lock import hold
from hadrill.environments.parts.progress import Quiet

FILE_NAME = "setup.json"


def record(cache: Path, name: str, *, seconds: float, fetched_bytes: int) -> None:
    """Keep the cost of one step of set-up, in place of what was known of that step before.

    The file maps each step's name to ``{"seconds": ..., "bytes": ...}``; steps run side by side, so their seconds do
    not add up to those of the entry ``whole``.
    """
    cache.mkdir(parents=True, exist_ok=True)
    with hold(cache / f"{FILE_NAME}.lock", "the set-up's costs", Quiet()):
        costs = {**read_costs(cache), name: {"seconds": round(seconds, 1), "bytes": fetched_bytes}}
        unfinished = cache / f"{FILE_NAME}.{os.getpid()}"
        unfinished.write_text(json.dumps(costs, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        unfinished.replace(cache / FILE_NAME)


def read_costs(cache: Path) -> dict[str, dict[str, float]]:
    """The recorded costs by step; empty where nothing was set up yet."""
    try:
        found = json.loads((cache / FILE_NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
