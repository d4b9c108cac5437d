"""Which clients a load has and how often they send: hadrill's own mix, or that of a file."""

from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from hadrill.harness.workload import profiles
from hadrill.harness.yaml_file import read_yaml

MOST_CLIENTS = 50
"""Of one kind; a server has room for 300 connections, and every client may hold one at each server."""

Count = Annotated[int, Field(ge=0, le=MOST_CLIENTS)]
PaceMs = Annotated[float, Field(ge=0, le=60_000, allow_inf_nan=False)]
SteadyMs = Annotated[float, Field(ge=1, le=60_000, allow_inf_nan=False)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Writers(_Part):
    """Clients that write one small row a beat."""

    count: Annotated[int, Field(ge=1, le=MOST_CLIENTS)]
    pace_ms: PaceMs


class Heart(_Part):
    """The writer of a steady pace."""

    pace_ms: SteadyMs


class Transfers(_Part):
    """Clients that move money."""

    count: Count
    pace_ms: PaceMs


class Large(_Part):
    """Clients that write large rows of so many KiB."""

    count: Count
    pace_ms: PaceMs
    kib: Annotated[int, Field(ge=64, le=1024)]


class Batches(_Part):
    """Clients that write several rows in one transaction."""

    count: Count
    pace_ms: PaceMs
    rows: Annotated[int, Field(ge=2, le=1000)]


class Readers(_Part):
    """Clients that look; every so many looks they add up the accounts, or with 0 never."""

    pace_ms: SteadyMs
    total_every: Annotated[int, Field(ge=0, le=1_000_000)]


class Profile(_Part):
    """The mix and rate of a load."""

    version: Literal[1]
    writers: Writers
    heart: Heart
    transfers: Transfers
    large: Large
    batches: Batches
    readers: Readers

    @property
    def writes_per_s(self) -> float:
        """Operations that writers would be acknowledged in a second if no answer took longer than a beat."""
        return sum(rows * 1000 / pace_ms if pace_ms else rows * float("inf") for rows, pace_ms in self._writing)

    @property
    def _writing(self) -> list[tuple[int, float]]:
        """Rows at a turn of all of a kind, and their pace, for each kind that there is."""
        kinds = [
            (self.writers.count, self.writers.pace_ms),
            (1, self.heart.pace_ms),
            (self.transfers.count, self.transfers.pace_ms),
            (self.large.count, self.large.pace_ms),
            (self.batches.count * self.batches.rows, self.batches.pace_ms),
        ]
        return [(rows, pace_ms) for rows, pace_ms in kinds if rows]


class _File(_Part):
    """What a file may leave out."""

    version: Literal[1]
    writers: Writers | None = None
    heart: Heart | None = None
    transfers: Transfers | None = None
    large: Large | None = None
    batches: Batches | None = None
    readers: Readers | None = None


def load_profile(path: Path | None = None) -> Profile:
    """Read hadrill's own profile, with what a file of the same form gives in its place.

    Raises:
        WrongCall: the file is malformed; says where.
    """
    if path is None:
        return _standard()
    given = read_yaml(path, _File)
    return _standard().model_copy(update={name: part for name, part in given if part is not None})


@cache
def _standard() -> Profile:
    return read_yaml(Path(str(files(profiles) / "standard.yaml")), Profile)
