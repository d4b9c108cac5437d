"""A run in which everything that servers, users and features supply is meant to do harm."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

MARKUP: Final = "<script>alert('x')</script>\"&<!--"
TERMINAL: Final = "\x1b[2J\x1b]0;owned\x07\x9b31m\r\b[bold red][/nothing][link=x]"
FORMULA: Final = "$\\nosuch{$ $^"
WHOLE: Final = f"{MARKUP}{TERMINAL}{FORMULA}"

COMMANDS: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
"""Characters that a terminal obeys; a line's end and a tab are none."""

SUPPLIED: Final = frozenset(
    {"title", "section", "reason", "observed", "sentence", "undecided", "mysql", "haproxy", "warnings", "source"}
    | {"target", "feature", "environment"}
)
"""Fields of the plan and the journal, by the name that they have there."""


def make_hostile(folder: Path) -> None:
    """Add it to every text of the kind, in a run's plan and its journal."""
    for name in ("plan.json", "journal.jsonl"):
        path = folder / name
        lines = path.read_text().splitlines()
        path.write_text("".join(json.dumps(_changed(json.loads(line), _added)) + "\n" for line in lines))


def _added(text: str) -> str:
    return text + WHOLE if text else text


def _changed(value: Any, change: Callable[[str], str], *, supplied: bool = False) -> Any:
    if isinstance(value, dict):
        return {key: _changed(inner, change, supplied=key in SUPPLIED) for key, inner in value.items()}
    if isinstance(value, list):
        return [_changed(inner, change, supplied=supplied) for inner in value]
    return change(value) if supplied and isinstance(value, str) else value
