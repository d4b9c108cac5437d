"""The journal: one JSON object a line, written as things happen, closed by a last line."""

import json
import os
import threading
from collections.abc import Iterator
from dataclasses import asdict, dataclass, is_dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from hadrill.harness.errors import HarnessTrouble
from hadrill.harness.evidence.clock import now_ns, utc
from hadrill.harness.evidence.events import EventKind

JOURNAL = "journal.jsonl"


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a journal.

    Attributes:
        seq: position from 0, without gaps.
        utc: time of day, ISO 8601.
        mono_ns: monotonic clock.
        scenario: id of the scenario it belongs to, or empty.
        data: what the kind carries (events.py).
    """

    seq: int
    utc: str
    mono_ns: int
    kind: EventKind
    scenario: str
    data: dict[str, Any]


class Journal:
    """Appends events to ``journal.jsonl`` of a run's folder; safe to call from several threads.

    Each line reaches the kernel before the call returns, so that a killed run leaves what it had seen.

    Raises:
        HarnessTrouble: the line could not be written (disk full, folder gone).
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / JOURNAL
        self._fd = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o600)
        self._lock = threading.Lock()
        self._seq = 0

    def append(self, kind: EventKind, scenario: str = "", **data: object) -> None:
        """Write one event; dataclasses among the values become objects."""
        plain = {name: _plain(value) for name, value in data.items()}
        with self._lock:
            head = {"seq": self._seq, "utc": utc(), "mono_ns": now_ns(), "kind": kind.value, "scenario": scenario}
            line = json.dumps(head | plain, ensure_ascii=False, separators=(",", ":")) + "\n"
            try:
                os.write(self._fd, line.encode())
            except OSError as error:
                raise HarnessTrouble(f"could not write the journal {self._path}: {error.strerror}") from error
            self._seq += 1

    def close(self) -> None:
        """Flush to disk and close the file; says nothing of whether the run was finished."""
        os.fsync(self._fd)
        os.close(self._fd)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def read_journal(folder: Path) -> Iterator[Event]:
    """The events of a run, in order; a torn last line (the run was killed) ends the reading.

    Raises:
        HarnessTrouble: a line other than the last is torn, or a number is missing in the sequence.
    """
    path = folder / JOURNAL
    lines = path.read_text().split("\n")
    for expected, line in enumerate(lines[:-1]):
        fields = json.loads(line)
        head = {name: fields.pop(name) for name in ("seq", "utc", "mono_ns", "kind", "scenario")}
        if head["seq"] != expected:
            raise HarnessTrouble(f"{path}, line {expected + 1}: expected event {expected}, found {head['seq']}")
        yield Event(kind=EventKind(head.pop("kind")), data=fields, **head)


def _plain(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {str(name): _plain(item) for name, item in value.items()}
    return value
