"""Sets up a clone: virtual environment, pinned packages, parts. Standard library only, since it runs before them.

``make setup`` runs it with the system's Python. Where nothing is missing it returns at once.
"""

import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from hadrill.environments.parts.ledger import read_costs, record
from hadrill.environments.parts.locate import locate_all, locate_needed
from hadrill.environments.parts.progress import Lines, Progress, megabytes
from hadrill.environments.parts.settings import PartSettings
from hadrill.environments.parts.virtualenv import VirtualEnvironment
from hadrill.environments.parts.workshop import Workshop
from hadrill.harness.errors import HadrillError, PartMissing, WrongCall

WHOLE = "whole"


def main() -> int:
    """Set up the clone that this file belongs to; returns the process's exit code."""
    progress = Lines(sys.stderr)
    try:
        set_up(Path(__file__).resolve().parents[2], PartSettings.from_environ(os.environ), progress)
    except HadrillError as error:
        progress.say(str(error))
        return error.exit_code
    except KeyboardInterrupt:
        progress.say("set-up interrupted; the next call repeats what was not finished")
        return 3
    return 0


def set_up(clone: Path, settings: PartSettings, progress: Progress) -> None:
    """Make what is missing of a clone's virtual environment and of the parts.

    Raises:
        PartMissing: something can be neither found nor fetched; all of it is named.
        WrongCall: a folder cannot be written, or holds somebody else's environment.
    """
    venv = VirtualEnvironment(clone)
    if venv.is_current:
        locate_needed(settings, progress)
        return
    try:
        with venv.being_set_up(settings, progress) as workshop:
            if not venv.is_current:
                _set_up_all(venv, settings, workshop, progress)
    except OSError as error:
        raise WrongCall(f"{error.filename or venv.folder} cannot be written: {error.strerror}") from error


def _set_up_all(venv: VirtualEnvironment, settings: PartSettings, workshop: Workshop, progress: Progress) -> None:
    started_s = time.monotonic()
    from_nothing = not settings.cache.exists()
    venv.create(workshop, settings)
    with ThreadPoolExecutor(2) as pool:
        packages = pool.submit(_install, venv, workshop, settings.cache)
        parts = pool.submit(locate_all, replace(settings, pip=(venv.python, "-m", "pip")), progress)
    errors = [task.exception() for task in (packages, parts)]
    if missing := [str(error) for error in errors if isinstance(error, PartMissing)]:
        raise PartMissing("\n".join(missing))
    packages.result()
    parts.result()
    if from_nothing:
        _record_whole(settings.cache, time.monotonic() - started_s, progress)


def _install(venv: VirtualEnvironment, workshop: Workshop, cache: Path) -> None:
    started_s = time.monotonic()
    fetched_bytes = venv.fill(workshop)
    seconds = time.monotonic() - started_s
    workshop.say(f"ready; {megabytes(fetched_bytes)} fetched, {seconds:.0f} s")
    record(cache, "python packages", seconds=seconds, fetched_bytes=fetched_bytes)


def _record_whole(cache: Path, seconds: float, progress: Progress) -> None:
    fetched_bytes = sum(round(cost["bytes"]) for name, cost in read_costs(cache).items() if name != WHOLE)
    record(cache, WHOLE, seconds=seconds, fetched_bytes=fetched_bytes)
    progress.say(f"set-up: done; {megabytes(fetched_bytes)} fetched, {seconds:.0f} s")


if __name__ == "__main__":
    sys.exit(main())
