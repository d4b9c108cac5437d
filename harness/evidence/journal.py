"""The journal: one JSON object a line, written as things happen, closed by a last line."""

import fcntl
import json
import os
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, is_dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from hadrill.harness.errors import HarnessTrouble
from hadrill.harness.evidence.clock import now_ns, utc
from hadrill.harness.evidence.events import EventKind
from hadrill.harness.typed import read
from hadrill.harness.visible import all_visible

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
    """Appends events to ``journal.jsonl`` of a run's folder.

    Safe to call from several threads, and from processes that were forked from the one that opened it.

    Each line reaches the kernel before the call returns, so that a killed run leaves what it had seen. What a process
    that was killed in the middle of a line has left of it goes with the next line.

    Raises:
        HarnessTrouble: the line could not be written (disk full, folder gone).
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / JOURNAL
        self._fd = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o600)
        self._lock = threading.Lock()
        self._tally = _Tally()

    def append(self, kind: EventKind, scenario: str = "", **data: object) -> None:
        """Write one event; dataclasses among the values become objects."""
        plain = {name: _plain(value) for name, value in data.items()}
        with self._lock, self._tally.locked():
            seq, length = self._tally.read()
            head = {"seq": seq, "utc": utc(), "mono_ns": now_ns(), "kind": kind.value, "scenario": scenario}
            line = (json.dumps(head | plain, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
            try:
                self._write(line, length)
            except OSError as error:
                raise HarnessTrouble(f"could not write the journal {self._path}: {error.strerror}") from error
            self._tally.write(seq + 1, length + len(line))

    @property
    def events(self) -> int:
        """How many it has, which is the number of the next one."""
        with self._lock, self._tally.locked():
            return self._tally.read()[0]

    def _write(self, line: bytes, length: int) -> None:
        if os.fstat(self._fd).st_size > length:
            os.ftruncate(self._fd, length)
        while line:
            line = line[os.write(self._fd, line) :]

    def close(self) -> None:
        """Flush to disk and close the file; says nothing of whether the run was finished."""
        os.fsync(self._fd)
        os.close(self._fd)
        self._tally.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class _Tally:
    """The next event's number and the length in bytes of all whole lines, shared by a process and its forks.

    The lock is the kernel's, and goes with a process that is killed. It is on a file of its own in memory: closing any
    other descriptor of the journal, after reading it, would let go of a lock on the journal itself (fcntl(2)).
    """

    _FORM = struct.Struct("<QQ")

    def __init__(self) -> None:
        self._fd = os.memfd_create("hadrill-journal")
        self.write(0, 0)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """No other process is between these lines."""
        fcntl.lockf(self._fd, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.lockf(self._fd, fcntl.LOCK_UN)

    def read(self) -> tuple[int, int]:
        number, length = self._FORM.unpack(os.pread(self._fd, self._FORM.size, 0))
        return number, length

    def write(self, number: int, length: int) -> None:
        os.pwrite(self._fd, self._FORM.pack(number, length), 0)

    def close(self) -> None:
        os.close(self._fd)


def read_journal(folder: Path, scenario: str | None = None) -> Iterator[Event]:
    """The events of a run, in order; a torn last line (the run was killed) ends the reading.

    What servers and users said may hold what a terminal would obey; in what is read it is shown by its number.

    Args:
        folder: the run's.
        scenario: its id, where no others' events are wanted; their lines are counted and not read.

    Raises:
        HarnessTrouble: a line other than the last holds no event, or a number is missing in the sequence.
    """
    path = folder / JOURNAL
    lines = path.read_bytes().split(b"\n")  # the torn line may end within a character
    named = b"" if scenario is None else json.dumps(scenario).encode()
    for expected, line in enumerate(lines[:-1]):
        if named not in line and line.startswith(b'{"seq":%d,' % expected) and line.endswith(b"}"):
            continue
        event = _event_in(line, f"{path}, line {expected + 1}")
        if event.seq != expected:
            raise HarnessTrouble(f"{path}, line {expected + 1}: expected event {expected}, found {event.seq}")
        if scenario is None or event.scenario == scenario:
            yield event


def _event_in(line: bytes, where: str) -> Event:
    try:
        fields = read(dict[str, Any], all_visible(json.loads(line)))
        head = {name: fields.pop(name, None) for name in ("seq", "utc", "mono_ns", "kind", "scenario")}
        return read(Event, {**head, "data": fields})
    except (ValueError, RecursionError) as error:
        raise HarnessTrouble(f"{where}: that is no event: {error}; the journal is not as it was written") from error


def _plain(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {str(name): _plain(item) for name, item in value.items()}
    return value
