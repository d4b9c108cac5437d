"""What counts as a drill that reads wrong after a kill (pure).

- However it ended, the journal is closed only where every planned scenario has its end; a record that is not closed
  reads as not finished, and nobody says otherwise: neither the result nor the exit code nor the JUnit file, which never
  says that more has passed than the record has.
- A harness that is asked to end (SIGTERM, SIGHUP, SIGINT) heals, takes down and ends with 3 in bounded time. Before
  anything has begun the signal may end it as it ends any program; after the closing line, amid the reports, the drill
  has finished and may say so.
- A harness that lost another of its processes ends in order, with an exit code of its own.
- An instrument (guardian, Toxiproxy, HAProxy) is lost: a scenario on its site must not pass by what was judged after
  that, and nothing that was found after that is held against the drilled system. A scenario that had been judged
  before, and those on other sites, may pass.
- The manager is a part of the drilled system, which nobody starts again. Clients can be served without it, so that a
  scenario that needs nothing more of it may pass, and one that does may fail. But no answer comes from a dead manager.
- A victim that outlives the signal, as guardians are made to and HAProxy outlives SIGHUP, changes nothing: the drill
  does not fail.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from hadrill.harness.kills.junit import Junit
from hadrill.harness.kills.plan import INSTRUMENTS, Part
from hadrill.harness.kills.record import Reading

NOT_FINISHED: Final = 3
FINISHED: Final = (0, 1, 2)


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen of one kill.

    Attributes:
        part: what was hit.
        is_harness: that was the harness's first process.
        killed: by SIGKILL, which nothing can be done about.
        died: it ended soon after.
        exit_code: the drill's, or minus a signal's number; None where it did not end in time.
        reading: its record; None where no run had begun.
    """

    part: Part
    is_harness: bool
    killed: bool
    died: bool
    exit_code: int | None
    reading: Reading | None


def wrongs(seen: Seen) -> tuple[str, ...]:
    """Whatever reads wrong, in sentences; empty where all is as it should be."""
    if seen.exit_code is None:
        return ("the drill hung, and was killed",)
    ended = _of_harness(seen) if seen.is_harness else _of_part(seen)
    return (*ended, *_of_record(seen.reading, seen.exit_code), *_of_scenarios(seen))


def _of_harness(seen: Seen) -> Iterator[str]:
    """How the harness itself ended."""
    code = seen.exit_code
    begun, closed = seen.reading is not None, seen.reading is not None and seen.reading.closed
    if not seen.killed and begun and not closed and code != NOT_FINISHED:
        yield f"the harness was asked to end amid the drill, and ended with {code}"


def _of_part(seen: Seen) -> Iterator[str]:
    code = seen.exit_code
    if code not in (*FINISHED, NOT_FINISHED):
        yield f"the harness lost its {seen.part}, and ended with {code}"
    elif seen.part is not Part.PARENT and not seen.died and code not in (0, 2):
        yield f"the {seen.part} outlived the signal, and the drill ended with {code}"


def _of_record(record: Reading | None, code: int | None) -> Iterator[str]:
    if record is None:
        if code in FINISHED:
            yield f"the drill ended with {code}, and there is no record of it"
        return
    if record.closed and record.endless:
        yield f"the journal is closed without an end of {', '.join(record.endless)}"
    if not record.closed and record.reads != NOT_FINISHED:
        yield f"the journal is not closed, and the record reads as {record.reads}"
    if record.told not in {None, record.reads}:
        yield f"the result says {record.told}, and the record reads as {record.reads}"
    if code in FINISHED and code != record.reads:
        yield f"the drill ended with {code}, and the record reads as {record.reads}"
    if record.junit is not None:
        yield from _of_junit(record.junit, record)


def _of_junit(junit: Junit, record: Reading) -> Iterator[str]:
    if junit.passed > record.passing:
        yield f"the JUnit file says that {junit.passed} passed, and the record that {record.passing} did"
    if record.reads == NOT_FINISHED and junit.passed == junit.tests:
        yield "the JUnit file says that all passed, and the record reads as not finished"


def _of_scenarios(seen: Seen) -> Iterator[str]:
    record = seen.reading
    if record is None or not seen.died:
        return
    if seen.part in INSTRUMENTS:
        yield from (f"{one} passed, though its {seen.part} had been lost before it was judged" for one in record.passed)
        yield from (f"{one} failed of what was seen after its {seen.part} was lost" for one in record.blamed)
    if seen.part is Part.MANAGER:
        yield from (f"{one} passed with an answer of a manager that was dead" for one in record.answered)
