"""What was asked for when the drill was called."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from hadrill.harness.errors import WrongCall
from hadrill.harness.whole_number import whole_number

ENVIRONMENTS = ("embedded",)
DEFAULT_OUTPUT = Path("hadrill-runs")
MOST_JOBS = 4  # each has servers of its own, at some hundreds of megabytes


@dataclass(frozen=True, slots=True)
class RunSettings:
    """The settings of one run, as options or the command line give them.

    Attributes:
        seed: from which all that is random in the drill follows.
        output: folder in which the run makes its own.
        environment: one of ``ENVIRONMENTS``.
        objectives: a file that replaces hadrill's own objectives.
        load: a file with the mix and rate of the load.
        mysqld, haproxy, toxiproxy: programs that are there already; None to have them found or fetched.
        sabotage: name of the decision to change in the reference service; empty for none.
        sabotage_file: a file of a user's own sabotages, where it is one of them.
        jobs: how many of the scenarios that judge no time run side by side.
        fresh: every scenario has a topology and an instance of its own, whatever the one before it left.
    """

    seed: int
    output: Path = DEFAULT_OUTPUT
    environment: str = ENVIRONMENTS[0]
    objectives: Path | None = None
    load: Path | None = None
    mysqld: Path | None = None
    haproxy: Path | None = None
    toxiproxy: Path | None = None
    sabotage: str = ""
    sabotage_file: Path | None = None
    jobs: int = 1
    fresh: bool = False

    @property
    def keeps_nothing(self) -> bool:
        """Nothing that a scenario leaves is taken by another: it was asked for, or what it leaves may be sabotaged."""
        return self.fresh or bool(self.sabotage)

    def __post_init__(self) -> None:
        """Refuse an environment that there is not."""
        if self.environment not in ENVIRONMENTS:
            raise WrongCall(f"there is no environment {self.environment!r}; there is: {', '.join(ENVIRONMENTS)}")


def default_jobs() -> int:
    """One scenario more than this process may use cores, since each waits now and then, and at most ``MOST_JOBS``.

    On a single core one after the other. On two, three in place of two take 120 s in place of 134 (whole drill).
    """
    cores = len(os.sched_getaffinity(0))
    return 1 if cores == 1 else min(cores + 1, MOST_JOBS)


def jobs_from(given: str) -> int:
    """How many scenarios run side by side.

    Raises:
        WrongCall: what was given is no number from 1.
    """
    return whole_number(given, "scenarios run side by side in", 1)


def seed_from(given: str | None) -> int:
    """The seed that was given; where none was, a random one of four bytes, short enough to be typed again.

    Raises:
        WrongCall: what was given is no number from 0.
    """
    return secrets.randbits(32) if given is None else whole_number(given, "a seed is")
