"""Which commit hadrill runs from, where it runs from a clone."""

import subprocess
from pathlib import Path
from typing import Final

import hadrill

_LIMIT_S: Final = 10.0


def commit_of_clone() -> str:
    """As ``git describe --always --dirty`` names it; empty outside a clone, or without git."""
    clone = Path(hadrill.__file__).resolve().parents[2]
    if not (clone / ".git").exists():
        return ""
    command = ("git", "-C", str(clone), "describe", "--always", "--dirty", "--abbrev=12")
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_LIMIT_S, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip()
