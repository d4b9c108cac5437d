"""Ending what is up, and clearing what is left of what has ended by itself."""

from enum import StrEnum
from pathlib import Path
from typing import Final

from hadrill.environments.embedded.label import clear_dead_runs
from hadrill.harness.errors import HarnessTrouble
from hadrill.harness.live.record import LiveRecord
from hadrill.harness.live.records import Records
from hadrill.harness.wait import NotYet, until

END_LIMIT_S: Final = 30.0
KILL_LIMIT_S: Final = 10.0
CLEAR_LIMIT_S: Final = 15.0


class Found(StrEnum):
    """What was found of a topology when it was to be taken down."""

    UP = "up"
    DEAD = "dead"  # its holder was gone, and everything with it


def take_down(records: Records, record: LiveRecord) -> Found:
    """End a topology; returns once no process and no file of it is left.

    Raises:
        HarnessTrouble: something is left after all; says what.
    """
    found = Found.UP if record.holder.alive else Found.DEAD
    if not record.holder.end(timeout_s=END_LIMIT_S, kill_timeout_s=KILL_LIMIT_S):
        raise HarnessTrouble(
            f"{record.topology}: process {record.holder.pid} has not ended, though it was killed; 'ps' says why"
        )
    clear(records, record)
    return found


def clear(records: Records, record: LiveRecord) -> None:
    """Remove the record of a topology whose holder has ended, once its guardian has cleared the rest.

    Raises:
        WaitTimeout: the work folder is still there.
    """
    if record.stage is not None:
        work = Path(record.stage.work)
        until(lambda: _gone(work), f"{record.topology} to be cleared", timeout_s=CLEAR_LIMIT_S)
    records.remove(record)


def _gone(work: Path) -> bool | NotYet:
    """A guardian that was killed too clears nothing: what carries the label of a dead run is cleared here then."""
    if work.exists():
        clear_dead_runs(work.parent)
    return True if not work.exists() else NotYet(f"{work} is still there")
