"""Decisions that keep a record of which of them were asked for: a service that never asks for one would do the same."""

from dataclasses import asdict, fields
from pathlib import Path
from typing import Final

from hadrill.harness.reference.decisions import Decisions

NAMES: Final = frozenset(field.name for field in fields(Decisions))


class AskedDecisions(Decisions):
    """The same decisions; the name of each that is asked for is added to a file, a line the first time.

    Threads may ask at once, which can add a line twice; a file that cannot be written ends the question in OSError.
    """

    __slots__ = ("_record", "_told")
    _record: Path
    _told: set[str]

    def __init__(self, decisions: Decisions, record: Path) -> None:
        super().__init__(**asdict(decisions))
        object.__setattr__(self, "_record", record)
        object.__setattr__(self, "_told", set())

    def __getattribute__(self, name: str) -> object:
        if name in NAMES and name not in self._told:
            self._record.touch(mode=0o600)
            with self._record.open("a") as file:
                file.write(f"{name}\n")
            self._told.add(name)
        return super().__getattribute__(name)
