"""MySQL and HAProxy from Debian unstable, unpacked with all their libraries into a tree that needs no system's."""

import os
import re
import shutil
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from hadrill.environments.parts.apt import Apt, Deb
from hadrill.environments.parts.manifest import Package
from hadrill.environments.parts.places import FetchFailed
from hadrill.environments.parts.progress import Progress
from hadrill.environments.parts.settings import PartSettings
from hadrill.environments.parts.shelf import Made, Shelf, Shelved
from hadrill.environments.parts.workshop import Workshop
from hadrill.harness.engines.executable import UnusableProgram, banner, launch_argv, sha256

SUITE = "unstable"
PACKAGES = {"mysql": ("mysql-server-core", "mysql-client-core"), "haproxy": ("haproxy",)}
PROGRAMS = {"mysql": "root/usr/sbin/mysqld", "haproxy": "root/usr/sbin/haproxy"}

# what only the packages' installation scripts and login need; these scripts are not run here
_NOT_RUN_HERE = re.compile(
    r"(adduser|base-passwd|debconf|libdb5|libgdbm|libpam|libperl|libsemanage|login|lsb-base|passwd|perl|sysvinit)"
)
_KEPT_CLIENTS = frozenset({"mysql", "mysqladmin", "mysqlbinlog", "mysqldump"})
_KEPT_SHARES = frozenset({"doc", "mysql"})


def fetch_tree(settings: PartSettings, progress: Progress, wanted: Sequence[str]) -> Shelved:
    """A tree with the wanted programs (keys of ``PACKAGES``), from the archive unless it is in the cache by now.

    Raises:
        FetchFailed: a tool is missing, the archive cannot be reached, or what it sent does not run here.
    """
    name = f"debian-{SUITE}-{os.uname().machine}-{'+'.join(sorted(wanted))}"
    make = partial(_make, wanted=wanted, mirror=settings.debian_mirror)
    return Shelf(settings.cache).obtain(name, " and ".join(wanted), make, settings.environ, progress)


def _make(workshop: Workshop, wanted: Sequence[str], mirror: str | None) -> Made:
    apt = Apt(workshop, SUITE)
    index_bytes = apt.update(mirror)
    resolved = apt.resolve([package for program in wanted for package in PACKAGES[program]])
    needed = [package for package in resolved if is_needed(package)]
    files = apt.download(needed)
    packages = _unpack(workshop, files)
    shutil.rmtree(apt.folder)
    _prune(workshop.folder / "root/usr")
    programs = {program: PROGRAMS[program] for program in wanted}
    for program in programs.values():
        _check_runs(workshop.folder / program)
    return Made(programs, packages, index_bytes + sum(package.size for package in needed))


def is_needed(package: Deb) -> bool:
    """Whether programs need it to run, rather than scripts to install it."""
    return _NOT_RUN_HERE.match(package.name) is None


def _unpack(workshop: Workshop, files: Sequence[Path]) -> tuple[Package, ...]:
    workshop.say("unpacking")
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return tuple(pool.map(partial(_unpack_one, workshop), files))


def _unpack_one(workshop: Workshop, file: Path) -> Package:
    workshop.run(["dpkg-deb", "-x", str(file), "root"], timeout_s=300)
    fields = workshop.run(["dpkg-deb", "-f", str(file), "Package", "Version"], timeout_s=60)
    name, version = (line.partition(": ")[2] for line in fields.splitlines())
    return Package(name, version, f"sha256:{sha256(file)}")


def _prune(usr: Path) -> None:
    """Drop clients and documents that no drill uses: 200 MB of 330; licences (share/doc) stay."""
    for folder, kept in ((usr / "bin", _KEPT_CLIENTS), (usr / "share", _KEPT_SHARES)):
        for entry in folder.iterdir() if folder.is_dir() else ():
            if entry.name not in kept:
                shutil.rmtree(entry) if entry.is_dir() and not entry.is_symlink() else entry.unlink()


def _check_runs(program: Path) -> None:
    try:
        banner((*launch_argv(program), "--version" if program.name == "mysqld" else "-v"))
    except UnusableProgram as error:
        raise FetchFailed(f"what was fetched does not run here: {error}") from error
