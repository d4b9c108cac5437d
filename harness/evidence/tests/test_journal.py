"""A journal that several processes write."""

import os
import signal
from multiprocessing import get_context
from pathlib import Path

import pytest

from hadrill.harness.errors import HarnessTrouble
from hadrill.harness.evidence.events import EventKind
from hadrill.harness.evidence.journal import JOURNAL, Journal, read_journal

LINES = 200
FORK = get_context("fork")


def write_many(journal: Journal, name: str) -> None:
    """What one of several writers does."""
    for number in range(LINES):
        journal.append(EventKind.TROUBLE, name, sentence=f"{number} " + "é" * 50)


def die_in_a_line(journal: Journal) -> None:
    """Leave half a line, and die with the lock."""
    journal._lock.acquire()
    with journal._tally.locked():
        os.write(journal._fd, '{"seq":1,"é'.encode()[:-1])
        os.kill(os.getpid(), signal.SIGKILL)


def test_lines_of_several_processes_stay_whole(tmp_path: Path) -> None:
    """Numbers have no gaps, and each process's lines stand in its own order."""
    with Journal(tmp_path) as journal:
        writers = [FORK.Process(target=write_many, args=(journal, name)) for name in "abc"]
        for writer in writers:
            writer.start()
        write_many(journal, "d")
        for writer in writers:
            writer.join(30)
    events = list(read_journal(tmp_path))
    assert [event.seq for event in events] == list(range(4 * LINES))
    for name in "abcd":
        numbers = [int(event.data["sentence"].split()[0]) for event in events if event.scenario == name]
        assert numbers == list(range(LINES))


def test_what_a_killed_process_left_of_a_line_goes(tmp_path: Path) -> None:
    """The others write on, without a gap; until they do, the reading ends before it."""
    with Journal(tmp_path) as journal:
        journal.append(EventKind.TROUBLE, sentence="first")
        victim = FORK.Process(target=die_in_a_line, args=(journal,))
        victim.start()
        victim.join(30)
        before = [event.data["sentence"] for event in read_journal(tmp_path)]
        journal.append(EventKind.TROUBLE, sentence="second")
    after = [(event.seq, event.data["sentence"]) for event in read_journal(tmp_path)]
    assert (before, after) == (["first"], [(0, "first"), (1, "second")])


def test_a_missing_number_is_damage(tmp_path: Path) -> None:
    """A line that was taken out is told."""
    with Journal(tmp_path) as journal:
        write_many(journal, "a")
    path = tmp_path / JOURNAL
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:3] + lines[4:]))
    with pytest.raises(HarnessTrouble, match="line 4: expected event 3, found 4"):
        list(read_journal(tmp_path))


def test_one_scenario_is_read_by_itself(tmp_path: Path) -> None:
    """Its own lines and no others', also where another's speaks of it."""
    with Journal(tmp_path) as journal:
        for scenario in ("one", "two", "one", ""):
            journal.append(EventKind.TROUBLE, scenario, sentence='beside "one"')
    events = list(read_journal(tmp_path))
    for scenario in ("one", "two", ""):
        own = [event for event in events if event.scenario == scenario]
        assert own
        assert list(read_journal(tmp_path, scenario)) == own


def test_damage_among_others_lines_is_damage(tmp_path: Path) -> None:
    """A missing number, a line that was cut off, or one nested deeper than anything that was written."""
    with Journal(tmp_path) as journal:
        for scenario in ("one", "two", "one"):
            journal.append(EventKind.TROUBLE, scenario, sentence="told")
    path = tmp_path / JOURNAL
    first, second, third = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(first + third)
    with pytest.raises(HarnessTrouble, match="expected event 1, found 2"):
        list(read_journal(tmp_path, "one"))
    path.write_bytes(first + b'{"seq":1,"nested":' + b"[" * 100_000 + b"\n" + third)
    with pytest.raises(HarnessTrouble, match="line 2: that is no event"):
        list(read_journal(tmp_path, "one"))
    path.write_bytes(first + second[:20] + b"\n" + third)
    with pytest.raises(HarnessTrouble, match="line 2: that is no event"):
        list(read_journal(tmp_path, "one"))
